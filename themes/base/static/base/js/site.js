/* Small comforts. Every page works without this file; words come from the page. */
(() => {
  const root = document.documentElement, store = 'mc-comfort';
  root.classList.add('js');
  const fold = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐðÐ]/g, 'd').toLowerCase().trim();

  // accessibility menu: size, colour mode, underlined links; kept in this browser only
  let set = {};
  try { set = JSON.parse(localStorage.getItem(store)) || {}; } catch { /* private mode */ }
  const apply = () => {
    root.style.setProperty('--zoom', set.size || 1);
    root.style.colorScheme = set.mode || '';
    root.classList.toggle('underline-links', set.links === 'on');
    document.querySelectorAll('[data-set]').forEach(b => {
      const [k, v] = b.dataset.set.split('=');
      b.setAttribute('aria-pressed', String((set[k] || '') === v));
    });
  };
  apply();

  document.addEventListener('click', e => {
    const b = e.target.closest('[data-set]');
    if (b) {
      const [k, v] = b.dataset.set.split('=');
      set[k] = v;
      try { localStorage.setItem(store, JSON.stringify(set)); } catch { /* private mode */ }
      apply();
    }
    if (e.target.closest('[data-print]')) print();
    document.querySelectorAll('details.pop[open]').forEach(d => { if (!d.contains(e.target)) d.open = false; });
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    document.querySelectorAll('details.pop[open]').forEach(d => { d.open = false; d.firstElementChild.focus(); });
  });

  // paper shows what a click would open; engines without ::details-content need them open
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('main details:not([open])')];
    opened.forEach(d => { d.open = true; });
  });
  addEventListener('afterprint', () => opened.forEach(d => { d.open = false; }));

  // an address with #agencies-commune opens the list it names
  const openTarget = () => {
    const d = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (d && d.tagName === 'DETAILS') d.open = true;
  };
  addEventListener('hashchange', openTarget);
  openTarget();

  // filter of the agencies: folds diacritics, opens lists with a hit, says how many
  const filter = document.querySelector('[data-filter]');
  if (filter) {
    const say = document.querySelector('[data-filter-count]'), lists = [...document.querySelectorAll('details.agencies')];
    const start = lists.map(d => d.open);
    filter.addEventListener('input', () => {
      const words = fold(filter.value).split(/\s+/).filter(Boolean);
      let n = 0;
      lists.forEach((d, i) => {
        let any = 0;
        d.querySelectorAll('li').forEach(li => {
          const text = fold(li.textContent), hit = words.every(w => text.includes(w));
          li.hidden = !hit;
          any += hit;
        });
        n += any;
        d.hidden = !any;
        d.open = words.length ? !!any : start[i];
      });
      say.textContent = !words.length ? '' : n ? `${filter.dataset.some} ${n}` : filter.dataset.none;
    });
  }
})();
