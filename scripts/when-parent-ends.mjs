/**
 * npm starts its scripts through a shell, and a signal to npm ends that shell without reaching us. So, under npm, the end
 * of the shell is taken for the signal.
 */
export function whenParentEnds(run) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    run();
  }, 250);
  watch.unref();
}
