// Where a code is asked: takes the one that the square of a letter brought along, behind the # of the address. It goes
// into the field and out of the address and the history; nothing is sent. Without script people type it.
const brought = /^#code=([0-9A-Za-z-]{1,40})$/.exec(location.hash);
const field = document.querySelector("input[name=code]");
if (brought) {
  history.replaceState(history.state, "", location.pathname + location.search);
  if (field) field.value = brought[1];
}
