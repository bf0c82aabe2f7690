// Warns before leaving a form with unsaved words, and brings the summary of errors into focus.
// Nothing depends on it: drafts are kept by the server.
const forms = document.querySelectorAll("form[data-yui-form]");
let unsaved = false;

for (const form of forms) {
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

document.querySelector("main:not(:has([data-yui-sample])) [data-yui-summary]")?.focus();
