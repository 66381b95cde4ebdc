"use strict";
// Drawing with WebGL 2: one program for the surface, one for lines with a width in pixels.

const SURFACE_VERTEX = `#version 300 es
in vec3 position; in vec3 color;
uniform mat4 clip; uniform float pointSize;
out vec3 at; out vec3 paint;
void main() {
  gl_Position = clip * vec4(position, 1.0);
  gl_PointSize = clamp(pointSize / gl_Position.w, 1.5, 48.0);
  at = position; paint = color;
}`;
const SURFACE_FRAGMENT = `#version 300 es
precision highp float;
in vec3 at; in vec3 paint;
uniform float cut; uniform bool isPoints; uniform bool hasColors;
out vec4 result;
void main() {
  if (at.z > cut) discard;
  vec3 color = paint;
  if (isPoints) {
    vec2 d = gl_PointCoord - 0.5;
    if (dot(d, d) > 0.25) discard;
  } else {
    vec3 n = normalize(cross(dFdx(at), dFdy(at)));
    float light = 0.5 + 0.5 * abs(dot(n, normalize(vec3(0.35, 0.5, 0.8))));
    color = hasColors ? color * (0.78 + 0.3 * light) : vec3(0.82, 0.83, 0.85) * light;
  }
  result = vec4(color, 1.0);
}`;
// A segment is a quad of six vertices; side is -1 or 1, end 0 or 1.
const LINE_VERTEX = `#version 300 es
in vec3 a; in vec3 b; in vec2 corner; in vec4 color; in vec2 style;
uniform mat4 clip; uniform vec2 size; uniform float chosenId;
out vec4 paint;
void main() {
  vec4 p = clip * vec4(a, 1.0), q = clip * vec4(b, 1.0);
  const float near = 0.02;
  if (p.w < near && q.w < near) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
  if (p.w < near) p = mix(p, q, (near - p.w) / (q.w - p.w));
  if (q.w < near) q = mix(q, p, (near - q.w) / (p.w - q.w));
  vec2 along = (q.xy / q.w - p.xy / p.w) * size;
  along = length(along) > 1e-4 ? normalize(along) : vec2(1.0, 0.0);
  bool chosen = chosenId >= 0.0 && abs(chosenId - style.y) < 0.5;
  float width = style.x * (chosen ? 2.2 : 1.0);
  vec4 at = corner.y < 0.5 ? p : q;
  vec2 side = vec2(-along.y, along.x) * corner.x + along * (corner.y - 0.5);
  at.xy += side * width / size * at.w;
  gl_Position = at;
  paint = color;
  if (chosen) paint.a = 1.0;
}`;
const LINE_FRAGMENT = `#version 300 es
precision highp float;
in vec4 paint; uniform float opacity; out vec4 result;
void main() { result = vec4(paint.rgb, paint.a * opacity); }`;

class Painter {
  constructor(canvas) {
    this.canvas = canvas;
    const gl = this.gl = canvas.getContext("webgl2", {antialias: true, preserveDrawingBuffer: true});
    if (!gl) throw new Error("This browser has no WebGL 2, so the room cannot be drawn.");
    this.surfaceProgram = this.program(SURFACE_VERTEX, SURFACE_FRAGMENT);
    this.lineProgram = this.program(LINE_VERTEX, LINE_FRAGMENT);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.depthFunc(gl.LEQUAL);
  }

  program(vertex, fragment) {
    const gl = this.gl, program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    const uniform = (name) => gl.getUniformLocation(program, name);
    return {program, uniform: new Proxy({}, {get: (cache, name) => cache[name] ??= uniform(name)})};
  }

  // attributes: [[name, count, array]]; bytes are colours, scaled to 0..1.
  vertices(program, attributes) {
    const gl = this.gl, array = gl.createVertexArray();
    gl.bindVertexArray(array);
    for (const [name, count, data] of attributes) {
      const place = gl.getAttribLocation(program.program, name);
      if (place < 0) continue;
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(place);
      const bytes = data instanceof Uint8Array;
      gl.vertexAttribPointer(place, count, bytes ? gl.UNSIGNED_BYTE : gl.FLOAT, bytes, 0, 0);
    }
    return array;
  }

  setSurface(positions, colors, faces) {
    const gl = this.gl;
    this.hasColors = colors.length > 0;
    if (!this.hasColors) colors = new Uint8Array(positions.length).fill(150);
    this.surface = this.vertices(this.surfaceProgram, [["position", 3, positions], ["color", 3, colors]]);
    this.numPoints = positions.length / 3;
    this.numIndices = faces.length;
    if (faces.length) {
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, faces, gl.STATIC_DRAW);
    }
  }

  // segments: {a, b, color: [r, g, b, alpha], width, id}; returns what drawLines takes.
  makeLines(segments) {
    const corners = [[-1, 0], [1, 0], [1, 1], [-1, 0], [1, 1], [-1, 1]];
    const n = segments.length * 6;
    const a = new Float32Array(3 * n), b = new Float32Array(3 * n), corner = new Float32Array(2 * n);
    const color = new Float32Array(4 * n), style = new Float32Array(2 * n);
    segments.forEach((s, i) => corners.forEach((c, k) => {
      const v = 6 * i + k;
      a.set(s.a, 3 * v); b.set(s.b, 3 * v); corner.set(c, 2 * v);
      color.set(s.color, 4 * v); style.set([s.width, s.id ?? -1], 2 * v);
    }));
    const array = this.vertices(this.lineProgram,
      [["a", 3, a], ["b", 3, b], ["corner", 2, corner], ["color", 4, color], ["style", 2, style]]);
    return {array, count: n};
  }

  begin() {
    const gl = this.gl, scale = Math.min(window.devicePixelRatio || 1, 2);
    const w = Math.round(this.canvas.clientWidth * scale), h = Math.round(this.canvas.clientHeight * scale);
    if (this.canvas.width !== w || this.canvas.height !== h) { this.canvas.width = w; this.canvas.height = h; }
    this.scale = scale;
    gl.viewport(0, 0, w, h);
    gl.clearColor(0.949, 0.957, 0.965, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
  }

  drawSurface(clip, {cut, pointSize, cull}) {
    const gl = this.gl, {program, uniform} = this.surfaceProgram;
    gl.useProgram(program);
    gl.uniformMatrix4fv(uniform.clip, false, clip);
    gl.uniform1f(uniform.cut, cut);
    gl.uniform1f(uniform.pointSize, pointSize * this.scale);
    gl.uniform1i(uniform.isPoints, this.numIndices ? 0 : 1);
    gl.uniform1i(uniform.hasColors, this.hasColors ? 1 : 0);
    gl.bindVertexArray(this.surface);
    if (cull) gl.enable(gl.CULL_FACE);
    if (this.numIndices) gl.drawElements(gl.TRIANGLES, this.numIndices, gl.UNSIGNED_INT, 0);
    else gl.drawArrays(gl.POINTS, 0, this.numPoints);
    gl.disable(gl.CULL_FACE);
  }

  drawLines(lines, clip, {opacity = 1, through = false, active = -1} = {}) {
    const gl = this.gl, {program, uniform} = this.lineProgram;
    gl.useProgram(program);
    gl.uniformMatrix4fv(uniform.clip, false, clip);
    gl.uniform2f(uniform.size, this.canvas.width / this.scale, this.canvas.height / this.scale);
    gl.uniform1f(uniform.opacity, opacity);
    gl.uniform1f(uniform.chosenId, active);
    gl.bindVertexArray(lines.array);
    gl[through ? "disable" : "enable"](gl.DEPTH_TEST);
    gl.depthMask(false);
    gl.drawArrays(gl.TRIANGLES, 0, lines.count);
    gl.depthMask(true);
    gl.enable(gl.DEPTH_TEST);
  }

  // How many of a grid of pixels are not background: what a test asks.
  numDrawnPixels() {
    const gl = this.gl, w = this.canvas.width, h = this.canvas.height, px = new Uint8Array(4 * w * h);
    gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, px);
    let n = 0;
    for (let i = 0; i < px.length; i += 4)
      n += Math.abs(px[i] - 242) + Math.abs(px[i + 1] - 244) + Math.abs(px[i + 2] - 246) > 12;
    return n;
  }
}
