// While a trial runs, look again; without this script there is a link.
{
  const running = document.querySelector("[data-reload-after]");
  if (running) setTimeout(() => location.reload(), Number(running.dataset.reloadAfter));
}
