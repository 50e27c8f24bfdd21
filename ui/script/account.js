// Who is logged in, and the way out. Nothing is shown where there are no accounts.
() => {
  const address = (path) => new URL(path, new URL("./", document.baseURI)).href;

  // A login that ended while the page was open: log in again and come back. Not where the
  // page is being left already: what it still asked would take the place of "logged out".
  let leaving = false;
  window.addEventListener("pagehide", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const response = await fetched(...request);
    if (response.status === 401 && !leaving) {
      const root = new URL("./", document.baseURI).pathname;
      const here = "/" + location.pathname.slice(root.length) + location.search;
      location.assign(address("login?next=" + encodeURIComponent(here)));
    }
    return response;
  };

  const show = (user) => {
    document.documentElement.dataset.jxRole = user.role;
    const place = document.querySelector(".jx-account");
    if (!place || !user.name) return;
    const name = document.createElement("span");
    name.className = "jx-user";
    name.textContent = user.name;
    const out = document.createElement("form");
    out.method = "post";
    out.action = address("logout");
    out.addEventListener("submit", () => (leaving = true));
    const button = out.appendChild(document.createElement("button"));
    button.textContent = place.dataset.logout;
    place.replaceChildren(name);
    if (user.role === "admin") {
      const link = document.createElement("a");
      link.href = address("admin");
      link.textContent = place.dataset.admin;
      place.append(link);
    }
    place.append(out);
    place.hidden = false;
  };
  fetch(address("me")).then((response) => response.json()).then(show).catch(() => {});
}
