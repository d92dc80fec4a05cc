// Runs before the first paint, so a chosen theme never flashes. Kept in step with web/ui/theme.ts.
try {
  var theme = localStorage.getItem("nines.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed (private window): the system's theme it is.
}
