// Fetches the present page anew while something on it still changes, and puts the living part in its place.
// Nothing depends on it: the page has a link that does the same.
const EVERY = 4000;

async function renew() {
  const old = document.querySelector("[data-yui-live]");
  if (!old) return;
  const held = old.contains(document.activeElement) && document.activeElement !== document.body;
  if (document.visibilityState === "visible" && !held) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(`[data-yui-live="${old.dataset.yuiLive}"]`);
      if (!fresh) {
        location.reload(); // it has come to an end: the whole page says so
        return;
      }
      old.replaceWith(document.adoptNode(fresh));
    } catch {
      // the network is away; the next round tries again
    }
  }
  setTimeout(renew, EVERY);
}

setTimeout(renew, EVERY);
