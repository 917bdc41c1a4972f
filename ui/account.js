// Who is signed in, the way out, and what to do when a session has ended: what was typed stays where it is.
(() => {
  const plain = window.fetch.bind(window);
  const held = () => document.getElementById("who");

  const expired = (over) => {
    const line = held()?.querySelector(".expired");
    if (line) line.hidden = !over;
  };

  window.fetch = async (...asked) => {
    const answer = await plain(...asked);
    const place = new URL(answer.url || location.href, location.href);
    if (place.origin === location.origin && place.pathname.includes("/gradio_api/")) expired(answer.status === 401);
    return answer;
  };

  const show = async () => {
    const answer = await plain("/whoami", { cache: "no-store" });
    if (!answer.ok) return;
    const user = await answer.json();
    const place = held()?.querySelector(".who");
    if (user.local || !place) return;
    document.documentElement.dataset.lacks = user.lacks.join(" ");
    place.querySelector(".user").textContent = user.name;
    place.hidden = false;
  };

  const wait = () => (held()?.querySelector(".who") ? show() : setTimeout(wait, 200));
  wait();
})();
