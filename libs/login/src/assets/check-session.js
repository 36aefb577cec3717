// Answers a page that embeds ours (OpenID Connect Session Management 1.0, 3.3). SHA-256 is written out: FIPS 180-4 in
// forty lines answers at once, and in browsers without crypto.subtle too.
(function () {
  'use strict';

  const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const cookie = document.currentScript.getAttribute('data-cookie') + '=';
  const roundConstants = [];
  const initial = [];

  // The first 32 bits of the fractions of cube and square roots of the primes.
  function fraction(root) {
    return ((root - Math.floor(root)) * 0x100000000) | 0;
  }

  for (let n = 2; roundConstants.length < 64; n += 1) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (initial.length < 8) initial.push(fraction(Math.sqrt(n)));
    roundConstants.push(fraction(Math.cbrt(n)));
  }

  function rotate(word, bits) {
    return (word >>> bits) | (word << (32 - bits));
  }

  function wordsOf(text) {
    const bytes = unescape(encodeURIComponent(text));
    const words = new Array((((bytes.length + 8) >> 6) + 1) * 16).fill(0);
    for (let i = 0; i < bytes.length; i += 1) words[i >> 2] |= bytes.charCodeAt(i) << (24 - (i % 4) * 8);
    words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length % 4) * 8);
    words[words.length - 1] = bytes.length * 8;
    return words;
  }

  function compress(hash, block) {
    const w = block.slice();
    const s = hash.slice();
    for (let i = 0; i < 64; i += 1) {
      if (i > 15) {
        const a = w[i - 15];
        const b = w[i - 2];
        const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
        const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      const e = s[4];
      const choice = (e & s[5]) ^ (~e & s[6]);
      const t1 = (s[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + roundConstants[i] + w[i]) | 0;
      const majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      const t2 = ((rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) + majority) | 0;
      s.unshift((t1 + t2) | 0);
      s[4] = (s[4] + t1) | 0;
      s.pop();
    }
    return hash.map(function (word, i) {
      return (word + s[i]) | 0;
    });
  }

  function sha256(text) {
    const words = wordsOf(text);
    let hash = initial;
    for (let i = 0; i < words.length; i += 16) hash = compress(hash, words.slice(i, i + 16));
    let digits = '';
    for (let bit = 0; bit < 256; bit += 6) {
      const first = hash[bit >> 5] << (bit % 32);
      const second = bit % 32 > 26 && bit < 224 ? hash[(bit >> 5) + 1] >>> (32 - (bit % 32)) : 0;
      digits += BASE64URL[(first | second) >>> 26];
    }
    return digits;
  }

  function browserState() {
    const pair = document.cookie.split(/; */).find(function (each) {
      return each.indexOf(cookie) === 0;
    });
    return pair ? pair.slice(cookie.length) : '';
  }

  function answer(text, origin) {
    const parts = typeof text === 'string' ? text.split(' ') : [];
    const salt = (parts[1] || '').split('.')[1];
    if (parts.length !== 2 || !salt) return 'error';
    const state = browserState();
    const expected = sha256(parts[0] + ' ' + origin + ' ' + state + ' ' + salt) + '.' + salt;
    return state !== '' && expected === parts[1] ? 'unchanged' : 'changed';
  }

  window.addEventListener('message', function (event) {
    // A page without an origin has no client of ours, and could not be answered alone.
    if (!event.source || event.origin === 'null') return;
    event.source.postMessage(answer(event.data, event.origin), event.origin);
  });
})();
