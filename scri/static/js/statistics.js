// Starts the services that a site manager switched on; a page without any does not load this.
(() => {
  "use strict";
  // Visitors who ask not to be counted are not.
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const tell = (...words) => { (window.dataLayer ||= []).push(...words); };
  // gtag.js tells its commands from other entries by their kind: the arguments of a function.
  function gtag() { tell(arguments); }
  const prepare = {
    google_analytics_4(id) { gtag("js", new Date()); gtag("config", id); },
    google_tag_manager() { tell({ "gtm.start": Date.now(), event: "gtm.js" }); },
    facebook_pixel(id) {
      const fbq = (...words) => { fbq.callMethod ? fbq.callMethod(...words) : fbq.queue.push(words); };
      Object.assign(fbq, { push: fbq, loaded: true, version: "2.0", queue: [] });
      window.fbq = window._fbq = fbq;
      fbq("init", id);
      fbq("track", "PageView");
    },
    linkedin_insights(id) { (window._linkedin_data_partner_ids ||= []).push(id); },
    wogaa() {},
  };
  for (const { name, id, script } of JSON.parse(document.currentScript.dataset.services)) {
    prepare[name](id);
    const element = document.createElement("script");
    element.async = true;
    element.src = script;
    document.head.append(element);
  }
})();
