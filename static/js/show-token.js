// The button that shows the token one has pasted: data-show-token.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-show-token]");
  if (!button) return;
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  button.title = shown ? button.dataset.hide : button.dataset.show;
});

// A shown token must not be offered as text to type again.
document.addEventListener("submit", ({ target }) => {
  const field = target.querySelector("#token");
  if (field) field.type = "password";
});
