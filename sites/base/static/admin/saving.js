/* “Publish”, pressed while the editor saves by itself, waits for that to end.

   Wagtail sends both at once: a new page is then made twice, and the address of the second is
   taken. After the first has arrived the form goes to the page that it made. */
(() => {
  const patience = 15000;  // milliseconds; a hidden tab may never hear the end
  let saving = null, leaving = false;

  const resend = () => {
    const held = saving?.held;
    saving = null;
    if (!held) return;
    const { form, button } = held;
    if (button?.name) {  // the button itself is switched off by now and would not be sent
      const standIn = Object.assign(document.createElement('input'),
        { type: 'hidden', name: button.name, value: button.value });
      form.append(standIn);
    }
    form.requestSubmit();
  };

  document.addEventListener('w-autosave:save', event => {
    if (leaving) event.preventDefault();
    else saving ??= { held: null };
  });
  document.addEventListener('w-autosave:success', resend);
  document.addEventListener('w-autosave:error', resend);

  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.matches('[data-controller~=w-autosave]')) return;
    if (!saving) { leaving = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (saving.held) return;
    saving.held = { form, button: event.submitter };
    setTimeout(() => { if (saving?.held) resend(); }, patience);
  }, true);
  window.addEventListener('pageshow', event => { if (event.persisted) leaving = false; });
})();
