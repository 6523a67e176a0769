/* The progress of an import: asks once a second; without it, the page has a link that reloads it. */
(() => {
  const place = document.getElementById("import-progress");
  if (!place || !("running" in place.dataset)) return;
  const bar = place.querySelector("progress");

  const show = ({ percent, texts }) => {
    bar.value = percent;
    for (const element of place.querySelectorAll("[data-text]")) {
      const text = texts[element.dataset.text];
      if (element.textContent !== text) element.textContent = text;
    }
  };

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 403) return location.reload();
      if (answer.ok) {
        const progress = await answer.json();
        show(progress);
        if (!progress.running) return location.reload();
      }
    } catch {
      /* The connection is away for a moment; the import goes on without us. */
    }
    setTimeout(ask, 1000);
  };

  setTimeout(ask, 1000);
})();
