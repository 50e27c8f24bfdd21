// Runs before Gradio's script, which asks the browser for language and colours once, at its start:
// where the visitor chose otherwise on the page, the browser is made to say so.
(() => {
  const chosen = Object.fromEntries(document.cookie.split("; ").map((pair) => pair.split("=")));
  const tag = { zh: "zh-CN", en: "en" }[chosen["jx-language"]];
  if (tag) {
    Object.defineProperty(navigator, "language", { get: () => tag });
    Object.defineProperty(navigator, "languages", { get: () => [tag] });
  }
  const theme = chosen["jx-theme"];
  if (theme === "dark" || theme === "light") {
    const ask = window.matchMedia.bind(window);
    window.matchMedia = (query) => {
      if (!/prefers-color-scheme: *(dark|light)/.test(query)) return ask(query);
      const matches = query.includes(theme);
      return { matches, media: query, addEventListener() {}, removeEventListener() {} };
    };
  }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.jxTheme = dark ? "dark" : "light";
  const style = document.createElement("style");
  style.textContent = `
    html[data-jx-theme] body { background: ${dark ? "#0f151d" : "#f5f6f8"}; }
    #jx-starting {
      position: fixed; inset: 0; display: grid; place-content: center; font: 16px/1.6 sans-serif;
      color: ${dark ? "#a3b0bf" : "#566373"};
    }
    body:has(#jx-page) #jx-starting { display: none; }
    body:not(:has(#jx-page)) gradio-app { visibility: hidden; }`;
  document.head.append(style);
})();
