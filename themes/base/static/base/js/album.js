/* Album: a picture opens over the page instead of on one of its own. The links work without. */
(() => {
  const viewer = document.querySelector('[data-viewer]');
  if (!viewer || !viewer.showModal) return;
  const body = viewer.querySelector('[data-viewer-body]');
  let from = null;
  const show = async url => {
    const page = await fetch(url);
    if (!page.ok) throw new Error(page.status);
    const shot = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('.shot');
    const way = document.activeElement.rel;
    shot.removeAttribute('id');
    body.replaceChildren(shot);
    if (!viewer.open) viewer.showModal();
    (shot.querySelector(`[rel=${way || 'next'}]`) || shot.querySelector('[rel]') || viewer.querySelector('button')).focus();
  };
  document.addEventListener('click', e => {
    const link = e.target.closest('[data-shot]');
    if (e.target === viewer || e.target.closest('.viewer .shot__all')) { e.preventDefault(); viewer.close(); return; }
    if (!link || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    if (!viewer.open) from = link;
    show(link.href).catch(() => { location = link.href; });
  });
  viewer.addEventListener('keydown', e => {
    const way = { ArrowLeft: 'prev', ArrowRight: 'next' }[e.key], link = way && body.querySelector(`[rel=${way}]`);
    if (link) { link.focus(); link.click(); }
  });
  viewer.addEventListener('close', () => { body.replaceChildren(); if (from) from.focus(); });
})();
