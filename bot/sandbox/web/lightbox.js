// A picture large, with the other pictures of the chat to the left and right.
import { $, button, fill, h, icon } from "./dom.js";

let all = [];
let at = 0;

/** Opens the picture with this address among those on screen. */
export function openLightbox(src) {
  all = [...document.querySelectorAll("#messages .photo img")].map((img) => img.src);
  at = Math.max(0, all.indexOf(src));
  const box = $("#lightbox");
  box.onkeydown = (e) => {
    if (e.key === "ArrowLeft") step(-1);
    if (e.key === "ArrowRight") step(1);
  };
  box.onclick = (e) => { if (!e.target.closest("button, a, img")) box.close(); };
  draw();
  if (!box.open) box.showModal();
}

function step(by) {
  if (!all[at + by]) return;
  at += by;
  draw();
}

function draw() {
  const many = all.length > 1;
  fill($("#lightbox"),
    h("img", { src: all[at], alt: "图片" }),
    h("div.lightbox-bar", {},
      many ? h("span", {}, `${at + 1} / ${all.length}`) : null,
      h("a.round", { href: all[at], download: "", "aria-label": "下载图片", title: "下载图片" }, icon("save")),
      button(".round", "关闭", () => $("#lightbox").close(), icon("close"))),
    many && at > 0 ? button(".round.previous", "上一张", () => step(-1), icon("left")) : null,
    many && at < all.length - 1 ? button(".round.next", "下一张", () => step(1), icon("right")) : null);
}
