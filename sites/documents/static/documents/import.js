/* The progress of an import: asks once a second; without it, the page has a link that reloads it. */
(() => {
  const place = document.getElementById("import-progress");
  if (!place) return;
  const bar = place.querySelector("progress");

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 403) return location.reload();
      if (answer.ok) {
        const { moving, percent, text } = await answer.json();
        if (!moving) return location.reload();
        bar.value = percent;
        const words = place.querySelector("[data-text]");
        if (words.textContent !== text) words.textContent = text;
      }
    } catch {
      /* The connection is away for a moment; the import goes on without us. */
    }
    setTimeout(ask, 1000);
  };

  setTimeout(ask, 1000);
})();
