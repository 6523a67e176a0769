/* The print button: without scripts there is none, the browser's own menu prints as well. */
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => print());
});
