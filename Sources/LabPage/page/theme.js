// Before the first paint, so that a page that is kept dark does not flash.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* The browser keeps nothing for this page. */ }
