// The switches of the frame. What is chosen is a cookie: the server reads the language too.
() => {
  document.documentElement.lang = navigator.language.startsWith("zh") ? "zh-CN" : "en";

  const remember = (name, value) => {
    const path = new URL("./", document.baseURI).pathname;
    document.cookie = `${name}=${value}; path=${path}; max-age=31536000; samesite=lax`;
  };
  const say = () => {
    const dark = document.body.classList.contains("dark");
    document.documentElement.dataset.jxTheme = dark ? "dark" : "light";
  };
  say();
  document.title = document.querySelector(".jx-header")?.dataset.title ?? document.title;

  document.addEventListener("click", (event) => {
    const language = event.target.closest?.("[data-jx-language]");
    if (language) {
      remember("jx-language", language.dataset.jxLanguage);
      location.reload();
    }
    if (event.target.closest?.("[data-jx-theme]:not(html)")) {
      const dark = document.body.classList.toggle("dark");
      remember("jx-theme", dark ? "dark" : "light");
      say();
    }
  });
}
