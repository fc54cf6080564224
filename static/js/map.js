// Lays a map of tiles under the drawing that the server made, where this gemeente set an address of tiles. The pins
// keep their numbers and lead to the same pages; without this script the drawing stays as it is.
const SVG = "http://www.w3.org/2000/svg";

/** Puts a map in the place of `drawing`, with the same bounds and what the page calls its buttons. */
function mapInPlaceOf(drawing, data, name) {
  const place = document.createElement("div");
  place.className = "pp-map__tiles";
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", name);
  drawing.before(place);
  drawing.setAttribute("hidden", ""); // a drawing has no property of that name
  const map = L.map(place, { scrollWheelZoom: false, zoomControl: false, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: data.nearer, zoomOutTitle: data.farther }).addTo(map);
  map.attributionControl.setPrefix(false);
  const source = document.createElement("span");
  source.textContent = data.source;
  L.tileLayer(data.tiles, { attribution: source.innerHTML, maxZoom: 19 }).addTo(map);
  const [south, west, north, east] = data.bounds.split(",").map(Number);
  const bounds = [
    [south, west],
    [north, east],
  ];
  map.fitBounds(bounds);
  return [map, bounds];
}

/** A pin as the server drew it, in a picture of its own. */
function pinOf(link) {
  const pin = document.createElementNS(SVG, "svg");
  const { x, y, width, height } = link.getBBox();
  pin.setAttribute("viewBox", `${x - 12} ${y - 12} ${width + 24} ${height + 24}`);
  pin.setAttribute("class", link.getAttribute("class"));
  for (const part of link.querySelectorAll("circle, rect, text")) pin.append(part.cloneNode(true));
  return L.divIcon({ html: pin, className: "pp-map__pin", iconSize: [32, 32] });
}

for (const box of document.querySelectorAll("[data-map][data-tiles]")) {
  const drawing = box.querySelector("svg");
  const areas = drawing.querySelector("[role=img]");
  const pins = [...drawing.querySelectorAll("a[data-at]")].map((link) => [link, pinOf(link)]);
  const outlines = document.createElementNS(SVG, "svg");
  outlines.setAttribute("viewBox", drawing.getAttribute("viewBox"));
  outlines.setAttribute("class", "pp-map__over");
  outlines.setAttribute("preserveAspectRatio", "none");
  outlines.append(...[...areas.querySelectorAll("path")].map((path) => path.cloneNode()));
  const [map, bounds] = mapInPlaceOf(drawing, box.dataset, areas.getAttribute("aria-label"));
  L.svgOverlay(outlines, bounds).addTo(map);
  for (const [link, icon] of pins) {
    const marker = L.marker(link.dataset.at.split(",").map(Number), {
      icon,
      keyboard: false,
      title: link.querySelector("title").textContent,
    });
    marker.on("click", () => location.assign(link.getAttribute("href"))).addTo(map);
  }
}

// Where somebody chooses a place: a tap leads to the same address as a tap on the drawing.
for (const button of document.querySelectorAll("input[data-choose][data-tiles]")) {
  const data = button.dataset;
  const [map] = mapInPlaceOf(button, data, button.alt);
  if (data.chosen) L.circleMarker(data.chosen.split(",").map(Number), { radius: 12 }).addTo(map);
  map.on("click", ({ latlng }) => {
    const asked = new URLSearchParams({ lat: latlng.lat.toFixed(6), lon: latlng.lng.toFixed(6), zoom: data.next });
    location.assign(`${new URL(button.form.action).pathname}?${asked}#kaart`);
  });
}
