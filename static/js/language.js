// The link to the other language leads to where one is by now: the scripts may
// have changed the address since the page came.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.language");
  if (!link) return;
  const address = new URL(location);
  address.searchParams.set("lang", link.hreflang);
  link.href = address.pathname + address.search;
});
