// The desk: as many phones as the server names, and menus that close when one turns away.
import { Phone } from "./phone.js";
import { ask } from "./server.js";

const desk = document.getElementById("phones");
const given = await ask("/practice/phones");
if (given.length) desk.replaceChildren(...given.map((one, place) => new Phone(one, place).root));

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  closeMenus(null);
  open?.querySelector("summary").focus();
});
