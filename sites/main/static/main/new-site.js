/* The form of a new site: suggests a label for the name and shows the address. Works without it. */
(() => {
  const preview = document.getElementById("address-preview");
  const name = document.getElementById("id_name_vi");
  const label = document.getElementById("id_label");
  const domain = document.getElementById("id_domain");
  if (!preview || !name || !label || !domain) return;

  const address = preview.querySelector("[data-address]");
  let own = label.value !== "";
  let waiting = 0;
  let asked = 0;

  const show = () => {
    const host = domain.value.trim() || (label.value.trim() ? `${label.value.trim().toLowerCase()}.${preview.dataset.base}` : "");
    address.textContent = host;
    preview.hidden = host === "";
  };

  const suggest = async () => {
    const turn = ++asked;
    const answer = await fetch(`${preview.dataset.labelUrl}?${new URLSearchParams({ name: name.value })}`);
    if (!answer.ok || own || turn !== asked) return;
    label.value = (await answer.json()).label;
    show();
  };

  name.addEventListener("input", () => {
    if (own) return;
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 250);
  });
  label.addEventListener("input", () => {
    own = label.value !== "";
    show();
  });
  domain.addEventListener("input", show);
  show();
})();
