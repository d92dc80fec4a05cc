// The respondent's page with JavaScript. It sends the score by itself once a person was seen; the form does without.
(() => {
  const form = document.getElementById("answer");
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { counted, saved, failed, offlineTitle, offlineText, auto } = form.dataset;
  const note = byId("note");
  const store = (kind, name, value) => {
    // Storage may be forbidden.
    try {
      const key = `nines ${form.action} ${name}`;
      if (value === undefined) return window[kind].getItem(key);
      if (value === null) window[kind].removeItem(key);
      else window[kind].setItem(key, value);
    } catch {}
    return null;
  };
  const scoreNow = () => {
    const checked = form.querySelector("[name=score]:checked");
    return checked ? Number(checked.value) : null;
  };
  const categoryOf = (score) => (score >= 9 ? "high" : score >= 7 ? "middle" : "low");
  const say = (text) => {
    if (note) note.textContent = text;
  };

  let human = false;
  let kept = form.dataset.kept === "" ? null : Number(form.dataset.kept);
  let tried = "";
  let timer;
  const loaded = performance.now();

  async function post(body) {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      keepalive: true,
    });
    if (response.status >= 500 || response.status === 429) throw new Error("busy");
    return response.ok ? (await response.json()).outcome : "gone";
  }

  const isStored = (outcome) => ["recorded", "changed", "same"].includes(outcome);

  const bodyOf = (state, sign) => ({
    nonce: form.elements.nonce.value,
    lang: form.elements.lang.value,
    website: form.elements.website.value,
    score: scoreNow(),
    state,
    sign,
  });

  /** What waits to be sent is out of date when something newer arrived; but a score alone does not replace a sentence. */
  function forgetLate(state) {
    const waiting = store("localStorage", "later");
    if (waiting && (state === "confirmed" || JSON.parse(waiting).body.state !== "confirmed"))
      store("localStorage", "later", null);
  }

  function showKept(score) {
    kept = score;
    byId("said").textContent = saved;
    say(counted.replace("{score}", score));
  }

  /** Sends the score alone, once for each score and kind of sign. */
  async function sendScore(sign) {
    const score = scoreNow();
    if (score === null || auto !== "1" || score === kept || document.hidden) return;
    if (tried === `${score} ${sign}`) return;
    tried = `${score} ${sign}`;
    try {
      const outcome = await post(bodyOf("provisional", sign));
      if (!isStored(outcome)) return;
      forgetLate("provisional");
      if (scoreNow() === score) showKept(score);
    } catch {
      tried = "";
      later(bodyOf("provisional", sign));
    }
  }

  function soon() {
    clearTimeout(timer);
    // Nobody is quicker; and who moves along the scale means where they stop.
    timer = setTimeout(() => void sendScore("input"), Math.max(700, 900 - (performance.now() - loaded)));
  }

  function later(body) {
    store("localStorage", "later", JSON.stringify({ body, at: Date.now() }));
    if (!navigator.onLine) say(`${offlineTitle}. ${offlineText.replace("{score}", body.score)}`);
  }

  async function sendLate() {
    const waiting = store("localStorage", "later");
    if (!waiting) return;
    const { body, at } = JSON.parse(waiting);
    try {
      const outcome = await post({ ...body, age: Math.max(0, Date.now() - at) });
      store("localStorage", "later", null);
      if (!isStored(outcome)) return;
      if (body.state === "confirmed") thank(body.score);
      else if (scoreNow() === body.score) showKept(body.score);
    } catch {}
  }

  function follow() {
    const score = scoreNow();
    if (score === null) return;
    const category = categoryOf(score);
    for (const each of all("[data-for]")) each.hidden = !each.dataset.for.split(" ").includes(category);
    byId("why").hidden = false;
    byId("question").classList.add("sr");
    byId("ends").hidden = true;
    if (score !== kept) byId("said").textContent = byId("said").dataset.unsaved;
  }

  function thank(score) {
    const thanks = byId("thanks");
    for (const each of all("#thanks [data-for]")) each.hidden = each.dataset.for !== categoryOf(score);
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
    store("sessionStorage", "why", null);
  }

  function seen(event) {
    if (!event.isTrusted || (event.type === "pointermove" && !event.movementX && !event.movementY)) return;
    human = true;
    for (const type of signs) removeEventListener(type, seen, true);
    soon();
  }
  const signs = ["pointerdown", "pointermove", "touchstart", "keydown"];
  for (const type of signs) addEventListener(type, seen, { capture: true, passive: true });

  let visible = 0;
  const dwelling = setInterval(() => {
    if (document.visibilityState === "visible") visible += 500;
    if (visible < 4500) return;
    clearInterval(dwelling);
    if (!human) void sendScore("dwell");
  }, 500);

  form.addEventListener("change", (event) => {
    if (event.target.name !== "score") return;
    follow();
    if (human) soon();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (scoreNow() !== null) void confirmed(event.isTrusted ? "input" : "form");
  });

  async function confirmed(sign) {
    clearTimeout(timer);
    const data = new FormData(form);
    const consent = form.elements.mayContact;
    const category = categoryOf(scoreNow());
    const offered = all(`.pick [data-for~=${category}] input:checked`).map(({ value }) => value);
    const body = {
      ...bodyOf("confirmed", sign),
      comment: data.get("comment") || null,
      drivers: offered,
      mayContact: consent ? consent.checked : null,
      email: data.get("email") || null,
    };
    const button = byId("send");
    button.disabled = true;
    try {
      const outcome = await post(body);
      if (isStored(outcome)) {
        forgetLate("confirmed");
        thank(body.score);
      } else if (outcome === "gone" || outcome === "closed") location.reload();
      else say(failed);
    } catch {
      later(body);
      if (navigator.onLine) say(failed);
    }
    button.disabled = false;
  }

  addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey, isTrusted }) => {
    if (!isTrusted || ctrlKey || metaKey || altKey || form.hidden) return;
    // Only while the scale has the focus: who speaks to their computer says many letters (WCAG 2.1.4).
    if (!target.closest?.(".scale")) return;
    const score = /^[xX]$/.test(key) ? "10" : /^\d$/.test(key) ? key : null;
    const choice = score && form.querySelector(`[name=score][value="${score}"]`);
    if (!choice) return;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

  byId("change")?.addEventListener("click", (event) => {
    event.preventDefault();
    byId("thanks").hidden = true;
    form.hidden = false;
    byId("send").focus();
  });

  const why = form.elements.comment;
  const draft = store("sessionStorage", "why");
  if (draft && !why.value) why.value = draft;
  why.addEventListener("input", () => store("sessionStorage", "why", why.value || null));
  addEventListener("online", () => void sendLate());
  if (navigator.onLine) void sendLate();
  // A browser that comes back to this page restores the choice by itself.
  follow();
})();
