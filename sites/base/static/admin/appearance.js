/* Live preview of the site's look. Without this file the button “Try” fills the same frame. */
(() => {
  const look = document.querySelector('[data-look]');
  if (!look) return;
  const form = look.querySelector('form'), frame = look.querySelector('iframe');
  const stage = frame.parentElement, status = look.querySelector('[data-look-status]');
  const picked = name => look.querySelector(`[name="${name}"]:checked`).value;
  let shown = '', scroll = 0, waiting = 0;

  const fit = () => {
    const width = Number(picked('width'));
    frame.style.setProperty('--look-width', width);
    frame.style.setProperty('--look-scale', Math.min(1, stage.clientWidth / width));
  };
  const light = () => { frame.contentDocument.documentElement.style.colorScheme = picked('mode'); };

  const wish = () => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete('csrfmiddlewaretoken');
    return fields.toString();
  };
  const show = () => {
    const now = wish();
    if (now === shown) return;
    scroll = shown.includes('page=article') === now.includes('page=article') ? frame.contentWindow.scrollY : 0;
    shown = now;
    look.classList.add('is-busy');
    // replace: trying ten looks must not take ten steps back to leave the screen
    frame.contentWindow.location.replace(`${look.dataset.preview}?${now}`);
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 120); };

  const loaded = () => {
    look.classList.remove('is-busy');
    light();
    frame.contentWindow.scrollTo(0, scroll);
    // a picture of the site, not a way around in it
    frame.contentDocument.addEventListener('click', e => { if (e.target.closest('a')) e.preventDefault(); });
    frame.contentDocument.addEventListener('submit', e => e.preventDefault());
    if (shown) status.textContent = status.dataset.done;
  };

  if (stage.clientWidth < 600) look.querySelector('[name=width][value="390"]').checked = true;
  look.classList.add('is-live');
  look.querySelectorAll('[data-look-live]').forEach(tool => { tool.hidden = false; });
  look.querySelector('[data-look-try]').hidden = true;
  frame.addEventListener('load', loaded);
  if (frame.contentDocument.readyState === 'complete' && frame.contentWindow.location.href !== 'about:blank') loaded();
  look.addEventListener('change', e => {
    if (e.target.name === 'width') fit();
    else if (e.target.name === 'mode') light();
    else soon();
  });
  // image choosers announce a choice by repainting themselves
  new MutationObserver(soon).observe(look.querySelector('.look__pictures'), { attributes: true, subtree: true, childList: true });
  new ResizeObserver(fit).observe(stage);
  fit();
})();
