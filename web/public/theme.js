// Runs before the first paint, so that a chosen theme never flashes. src/lib/theme.ts writes the same key.
(function () {
  try {
    var theme = localStorage.getItem("hathor.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's theme is used.
  }
})();
