// Shows results while somebody types. Without it the form works all the same.

/** Show what the newest query finds; an answer to an older one is dropped. */
export function start(input, output, fetch, wait = 300) {
  let timer, newest;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const query = (newest = input.value.trim());
      const response = await fetch(`/results?query=${encodeURIComponent(query)}`);
      const results = await response.text();
      if (response.ok && query === newest) output.innerHTML = results;
    }, wait);
  });
}

const input = globalThis.document?.getElementById("query");
if (input) start(input, document.getElementById("results"), fetch.bind(globalThis));
