// ReDoc fetches its maker's logo from another host. This page asks no other host for anything, and ReDoc is told
// that the image failed, so that it leaves it out.
const image = HTMLImageElement.prototype;
const source = Object.getOwnPropertyDescriptor(image, "src");
const setAttribute = image.setAttribute;

function isOwn(element, address) {
  const { origin, protocol } = new URL(address, location.href);
  if (origin === location.origin || protocol === "data:") {
    return true;
  }
  setTimeout(() => element.dispatchEvent(new Event("error")));
  return false;
}

Object.defineProperty(image, "src", {
  ...source,
  set(value) {
    if (isOwn(this, value)) {
      source.set.call(this, value);
    }
  },
});
image.setAttribute = function (name, value) {
  if (name !== "src" || isOwn(this, value)) {
    setAttribute.call(this, name, value);
  }
};
