// A click on one of a page's pictures shows it as large as the window; the next click takes it away.
"use strict";
(() => {
  const large = document.getElementById("large");
  document.addEventListener("click", (event) => {
    if (large.open) {
      large.close();
    } else if (event.target.matches(".pictures img")) {
      large.querySelector("img").src = event.target.src;
      large.showModal();
    }
  });
})();
