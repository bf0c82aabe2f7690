// Sends one item of the score sheet when it is left, and shows that it was kept. Nothing depends on it: the buttons save
// the whole page.
const form = document.querySelector("form[data-calls-score]");
let waiting = Promise.resolve();

async function send(item) {
  const key = item.dataset.callsItem;
  const data = new FormData();
  data.set("item", key);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const field of ["version", "points", "comment"]) {
    const value = new FormData(form).get(`${field}_${key}`);
    if (value !== null) data.set(`${field}_${key}`, value);
  }
  const state = item.querySelector("[data-calls-state]");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: data });
    if (![200, 409, 422].includes(answer.status)) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`[data-calls-item="${key}"]`);
    const stale = page.querySelector("[data-calls-stale]");
    if (stale) {
      state.textContent = `${stale.textContent} このページをひらき直してください。`;
      return;
    }
    item.querySelector(`[name="version_${key}"]`).value = fresh.querySelector(`[name="version_${key}"]`).value;
    state.replaceWith(document.adoptNode(fresh.querySelector("[data-calls-state]")));
    const sum = page.querySelector("[data-calls-sum]");
    document.querySelector("[data-calls-sum]").replaceChildren(...sum.childNodes);
  } catch {
    state.textContent = "保存できませんでした。下のボタンで、もう一度保存してください。";
  }
}

form?.addEventListener("change", (event) => {
  const item = event.target.closest("[data-calls-item]");
  if (!item) return;
  item.querySelector("[data-calls-state]").textContent = "保存しています…";
  waiting = waiting.then(() => send(item));
});
