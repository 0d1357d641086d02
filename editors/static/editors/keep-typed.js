/* Keeps what is typed in a form of the admin until the server has saved it, and says in words why
   it is not saved. A copy lies in the browser's storage, by person and address of the form. */
(() => {
  "use strict";

  const PREFIX = "typed:";
  const DAY = 24 * 60 * 60 * 1000;
  const LIMITS = { age: 7 * DAY, forms: 20, letters: 1_000_000 };
  const ANSWER_WITHIN = 10_000;
  const ASK_AGAIN = 5_000;
  const PAUSE = 300;
  const STARTING = 100;
  // What Wagtail adds to the form when a button for a workflow is pressed.
  const ACTIONS = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "show_only", "replace_version", "form_id", ...ACTIONS]);
  const { state: stateAddress, login } = document.currentScript.dataset;

  const WORDS = {
    "signed-out": "You are signed out. Sign in in another tab, then save here. What you typed is kept.",
    "signed-in": "You are signed in again. Save here now.",
    "other-person":
      "Somebody else is signed in now. Sign in as yourself in another tab, then save here. What you typed is kept.",
    away: "The website does not answer, so nothing is saved. What you typed is kept in this browser. Try again soon.",
    back: "The website answers again. Save here now.",
    newer: "A newer version was saved meanwhile. Save to see both; what you typed stays here.",
    busy: "The website is being written to, so nothing is saved yet. What you typed is kept and saved as soon as that is over.",
    refused: "The website could not save this. What you typed is kept in this browser.",
  };

  // Copies in the browser: {id, at, sent, fields: [[name, value], …]}.

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function copies(start) {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start))
      .map((key) => ({ key, copy: read(key) || { at: 0 } }))
      .sort((a, b) => b.copy.at - a.copy.at);
  }

  function purge() {
    copies(PREFIX).forEach(({ key, copy }, number) => {
      if (number >= LIMITS.forms || Date.now() - copy.at > LIMITS.age) localStorage.removeItem(key);
    });
  }

  /** Asks the server: {user, token, saved}, or {trouble} with the kind of it. */
  async function ask() {
    try {
      const answer = await fetch(stateAddress, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        cache: "no-store",
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      if (answer.status === 403) return { trouble: "signed-out" };
      return answer.ok ? await answer.json() : { trouble: "away" };
    } catch {
      return { trouble: "away" };
    }
  }

  /** Drops the copies of forms that were sent and that the server saved. */
  async function settle() {
    purge();
    const sent = copies(PREFIX).filter(({ copy }) => copy.sent);
    const { saved = [] } = sent.length ? await ask() : {};
    sent.filter(({ copy }) => saved.includes(copy.id)).forEach(({ key }) => localStorage.removeItem(key));
  }

  const settled = settle();
  const form = document.querySelector("form[data-edit-form]");
  const opened = form && form.elements.namedItem("opened_version");
  if (!opened || !opened.dataset.user) return;

  const person = opened.dataset.user;
  const startOf = () => `${PREFIX}${person}:${new URL(form.action, location.href).pathname}:`;
  // A form that comes back with errors, or with an earlier copy, goes on with the same copy.
  const isBack = form.dataset.wUnsavedForceValue === "true";
  const formId = (isBack && sessionStorage.getItem(startOf())) || newId();
  let key = "";
  addHidden("form_id", formId);

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36)).join("-");
  }

  function addHidden(name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
    return input;
  }

  /** Forgets which button for a workflow was pressed, so that a later save does not act for it. */
  function dropActions() {
    ACTIONS.forEach((name) => form.querySelectorAll(`[name="${name}"]`).forEach((input) => input.remove()));
  }

  function typedFields() {
    const secret = new Set(Array.from(form.querySelectorAll("[type=password]"), (input) => input.name));
    return Array.from(new FormData(form)).filter(
      ([name, value]) => typeof value === "string" && !LEFT_OUT.has(name) && !secret.has(name),
    );
  }

  function keep(sent) {
    const text = JSON.stringify({ id: formId, at: Date.now(), sent, fields: typedFields() });
    if (text.length > LIMITS.letters) return;
    drop();
    key = startOf() + formId;
    try {
      localStorage.setItem(key, text);
      sessionStorage.setItem(startOf(), formId);
    } catch {
      // The storage is full or switched off. The form itself still holds everything.
    }
  }

  function drop() {
    if (key) localStorage.removeItem(key);
  }

  // The notice.

  const notice = document.createElement("div");
  notice.className = "typed-notice";
  notice.setAttribute("role", "alert");
  notice.hidden = true;
  form.before(notice);

  function say(kind, text, ...ways) {
    notice.dataset.kind = kind;
    const words = document.createElement("p");
    words.textContent = text;
    notice.replaceChildren(words, ...ways);
    notice.hidden = false;
  }

  function silence() {
    notice.hidden = true;
    notice.dataset.kind = "";
  }

  function way(words, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  function wayToLogin() {
    const link = document.createElement("a");
    Object.assign(link, {
      className: "button button-small",
      href: login,
      target: "_blank",
      rel: "noopener",
      textContent: "Sign in in another tab",
    });
    return link;
  }

  // Whether the form can be saved: "ready", or the kind of trouble.

  async function check() {
    const { trouble: kind, user, token } = await ask();
    if (kind) return kind;
    if (user !== person) return "other-person";
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => {
      input.value = token;
    });
    return "ready";
  }

  let watching = null;

  function trouble(kind) {
    const signedOut = kind === "signed-out" || kind === "other-person";
    say(kind, WORDS[kind], ...(signedOut ? [wayToLogin()] : []));
    watching ??= setInterval(lookAgain, ASK_AGAIN);
  }

  async function lookAgain() {
    const before = notice.dataset.kind;
    const kind = await check();
    if (!watching) return;
    if (kind !== "ready") {
      if (kind !== before) trouble(kind);
      return;
    }
    stopWatching();
    const now = before === "away" ? "back" : "signed-in";
    say(now, WORDS[now]);
    saveByItself();
  }

  function stopWatching() {
    clearInterval(watching);
    watching = null;
  }

  addEventListener("focus", () => watching && lookAgain());

  // Autosave.

  let saving = false;
  let leaving = false;
  let sending = false;
  let left = 0;
  let tried = false;
  let waiting = null;
  const autosaves = form.getAttribute("data-controller").includes("w-autosave");

  function leave() {
    leaving = true;
    left = Date.now();
  }

  function saveByItself() {
    if (!autosaves) return;
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  }

  document.addEventListener("w-unsaved:add", () => leaving || keep(false));
  // Wagtail compares the form with how it was some seconds after it opened, and after each save.
  // What was typed before such a moment is no change to it. So it is counted here.
  let typed = 0;
  let sent = 0;
  let saved = 0;
  let pause = null;
  ["input", "change"].forEach((kind) => {
    form.addEventListener(kind, ({ isTrusted }) => {
      if (!isTrusted) return;
      // The form was sent long ago and is still here: the answer did not come, or was stopped.
      if (Date.now() - left > ANSWER_WITHIN) leaving = false;
      typed += 1;
      clearTimeout(pause);
      pause = setTimeout(() => leaving || keep(false), PAUSE);
    });
  });
  document.addEventListener("w-unsaved:watch-edits", () => typed > saved && saveByItself());
  document.addEventListener("w-autosave:save", (event) => {
    if (leaving || sending) event.preventDefault();
    else {
      saving = true;
      waiting = { event, at: Date.now() };
      sent = typed;
      // Saving by itself is no approval.
      ACTIONS.forEach((name) => event.detail.formData.delete(name));
    }
  }, true);
  document.addEventListener("w-autosave:success", () => {
    saving = tried = false;
    saved = sent;
    stopWatching();
    silence();
    if (typed > saved) return;
    clearTimeout(pause);
    drop();
  }, true);
  document.addEventListener("w-autosave:error", async ({ detail }) => {
    saving = false;
    keep(false);
    if (detail.type === "invalid_revision") say("newer", WORDS.newer);
    else if (detail.response?.error_code === "busy") saveWhenFree();
    else if (detail.type === "network_error") trouble("away");
    else if (detail.type === "server_error") {
      const kind = await check();
      if (kind !== "ready") trouble(kind);
      else if (tried) say("refused", WORDS.refused);
      else {
        // The token was too old; the form has a new one now.
        tried = true;
        saveByItself();
      }
    }
  });

  /** Gives up the autosave that only waits for its time: what is sent by hand holds the same.
      Wagtail asks whether it was given up when its time comes, so one that is about to start is
      waited for. */
  function dropAutosave() {
    const interval = Number(form.dataset.wAutosaveIntervalValue);
    if (!saving || !waiting || Date.now() - waiting.at > interval - STARTING) return;
    waiting.event.preventDefault();
    saving = false;
  }

  function autosaveEnds() {
    const end = Date.now() + ANSWER_WITHIN;
    return new Promise((resolve) => {
      const look = () => (saving && Date.now() < end ? setTimeout(look, 50) : resolve());
      look();
    });
  }

  /** Tries again until the database is free; the server waits for it each time. */
  function saveWhenFree() {
    say("busy", WORDS.busy);
    setTimeout(() => notice.dataset.kind === "busy" && saveByItself(), ASK_AGAIN);
  }

  // Saving by hand: first it is asked whether the form can be saved at all.

  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    keep(true);
    sending = true;
    dropAutosave();
    await autosaveEnds();
    const kind = await check();
    sending = false;
    if (kind !== "ready") {
      trouble(kind);
      dropActions();
      pressed?.setAttribute("data-w-progress-loading-value", "false");
      return;
    }
    leave();
    keep(true);
    // A button that shows that it is busy is no longer sent along.
    const button = pressed?.name ? addHidden(pressed.name, pressed.value) : null;
    form.requestSubmit();
    // What was sent is settled by now. If no answer comes, the next save has a button of its own.
    button?.remove();
    dropActions();
  }, true);

  // An earlier copy.

  function putBack(copy) {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: form.action, hidden: true });
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    [...copy.fields, ["csrfmiddlewaretoken", token], ["show_only", "1"]].forEach(([name, value]) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      again.append(input);
    });
    document.body.append(again);
    leave();
    sessionStorage.setItem(startOf(), copy.id);
    addEventListener("w-unsaved:confirm", (event) => event.preventDefault(), { once: true });
    again.submit();
  }

  async function offer() {
    await settled;
    const [latest] = isBack ? [] : copies(startOf()).filter(({ copy }) => copy.id !== formId && copy.fields);
    if (!latest) return;
    const moment = new Date(latest.copy.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    say(
      "offer",
      `On ${moment} you typed something here that was not saved.`,
      way("Put it back", () => putBack(latest.copy)),
      way("Throw it away", () => {
        localStorage.removeItem(latest.key);
        silence();
        offer();
      }),
    );
  }

  offer();
})();
