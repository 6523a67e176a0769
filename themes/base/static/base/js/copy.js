/* Copies an address to the clipboard; the words come from the page. Shown only where scripts run. */
(() => {
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* plain HTTP or refused: the old way */ }
    const field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.className = 'vh';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  };
  document.addEventListener('click', async e => {
    const button = e.target.closest('[data-copy]');
    if (!button) return;
    const done = await copy(button.dataset.copy);
    button.focus();
    button.nextElementSibling.textContent = done ? button.dataset.done : button.dataset.copy;
  });
})();
