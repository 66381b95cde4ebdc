"use strict";
// Vectors are arrays of 3; matrices are 16 numbers, column by column. The view's world has z up.
const V = {
  add: (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]],
  sub: (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]],
  scale: (a, s) => [a[0] * s, a[1] * s, a[2] * s],
  along: (a, d, s) => [a[0] + d[0] * s, a[1] + d[1] * s, a[2] + d[2] * s],
  dot: (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2],
  cross: (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
  length: (a) => Math.hypot(a[0], a[1], a[2]),
  unit: (a) => { const n = Math.hypot(a[0], a[1], a[2]) || 1; return [a[0] / n, a[1] / n, a[2] / n]; },
};

const M = {
  multiply(a, b) {
    const out = new Float32Array(16);
    for (let c = 0; c < 4; ++c)
      for (let r = 0; r < 4; ++r)
        for (let k = 0; k < 4; ++k) out[4 * c + r] += a[4 * k + r] * b[4 * c + k];
    return out;
  },
  perspective(tanHalf, aspect, near, far) {
    const f = 1 / tanHalf, d = near - far;
    return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / d, -1, 0, 0, 2 * far * near / d, 0]);
  },
  // right, up and back of the camera as rows.
  look(eye, right, up, back) {
    return new Float32Array([right[0], up[0], back[0], 0, right[1], up[1], back[1], 0, right[2], up[2], back[2], 0,
      -V.dot(right, eye), -V.dot(up, eye), -V.dot(back, eye), 1]);
  },
  apply(m, p) {
    const out = [];
    for (let r = 0; r < 4; ++r) out.push(m[r] * p[0] + m[4 + r] * p[1] + m[8 + r] * p[2] + m[12 + r]);
    return out;
  },
};

// The rotation that takes the unit vector `up` to z, as a function.
function turnUp(up) {
  const z = V.unit(up);
  const x = V.unit(V.cross(Math.abs(z[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0], z));
  const y = V.cross(z, x);
  return (p) => [V.dot(x, p), V.dot(y, p), V.dot(z, p)];
}

// Where a ray enters a box, in lengths of `dir`; null for a miss.
function rayBox(eye, dir, min, max) {
  let near = 0, far = Infinity;
  for (let k = 0; k < 3; ++k) {
    let a = (min[k] - eye[k]) / dir[k], b = (max[k] - eye[k]) / dir[k];
    if (a > b) [a, b] = [b, a];
    near = Math.max(near, a);
    far = Math.min(far, b);
  }
  return near <= far ? near : null;
}

function fromBase64(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; ++i) bytes[i] = raw.charCodeAt(i);
  return bytes.buffer;
}
