/**
 * The bits of the 64 bytes in $bytes0 to $bytes3 that are `character`. Written out wherever it is wanted: V8 does not put small
 * functions of WebAssembly into their callers, and a call costs more than the comparison.
 */
const find = (character) => {
  const wanted = `(i8x16.splat (i32.const ${character.charCodeAt(0)}))`;
  const bits = (index) => `(i64.extend_i32_u (i8x16.bitmask (i8x16.eq ${wanted} (local.get $bytes${index}))))`;
  const [first, ...others] = [0, 1, 2, 3].map((index) =>
    index === 0 ? bits(0) : `(i64.shl ${bits(index)} (i64.const ${16 * index}))`,
  );
  return others.reduce((all, more) => `(i64.or ${all} ${more})`, first);
};

/** The text of the WebAssembly module. */
const SKIP = `
;; Finds the end of a JSON value: of an object or list, or of a string. Looks at 64 bytes at a time.
;;
;; Only strings and brackets are seen. The caller puts bytes at the beginning of the memory and says what is open before them; what
;; is open behind them stands in the globals afterwards, so that a value may come in pieces. Behind the bytes the memory goes on for 64 more, whose content does not matter.
(module
  (memory (export "memory") 1)

  ;; Brackets that are open; 0 while the value is a string.
  (global $depth (export "depth") (mut i32) (i32.const 0))
  ;; Whether the next byte is inside a string: 0 or -1.
  (global $inString (export "inString") (mut i32) (i32.const 0))
  ;; Whether the next byte stands behind a backslash that escapes it: 0 or 1.
  (global $escaped (export "escaped") (mut i32) (i32.const 0))

  ;; The position behind the end of the value; -1 when the bytes end before it; -2 when more than $deepest brackets are open; -3
  ;; when a backslash stands outside of strings, which is no JSON.
  (func (export "skip")
    (param $length i32) (param $deepest i32) (param $depth i32) (param $openString i32) (param $firstEscaped i32) (result i32)
    (local $at i32) (local $left i64) (local $valid i64) (local $inString i64) (local $escaped i64)
    (local $backslashes i64) (local $escapes i64) (local $quotes i64) (local $strings i64)
    (local $acting i64) (local $odd i64)
    (local $bytes0 v128) (local $bytes1 v128) (local $bytes2 v128) (local $bytes3 v128)
    (local $opens i64) (local $closes i64) (local $brackets i64) (local $bit i64) (local $misplaced i64)
    (local.set $inString (i64.extend_i32_s (local.get $openString)))
    (local.set $escaped (i64.extend_i32_u (local.get $firstEscaped)))
    (loop $block
      (if (i32.lt_u (local.get $at) (local.get $length)) (then
        (local.set $left (i64.extend_i32_u (i32.sub (local.get $length) (local.get $at))))
        (local.set $valid (i64.const -1))
        (if (i64.lt_u (local.get $left) (i64.const 64))
          (then (local.set $valid (i64.sub (i64.shl (i64.const 1) (local.get $left)) (i64.const 1)))))

        (local.set $bytes0 (v128.load (local.get $at)))
        (local.set $bytes1 (v128.load offset=16 (local.get $at)))
        (local.set $bytes2 (v128.load offset=32 (local.get $at)))
        (local.set $bytes3 (v128.load offset=48 (local.get $at)))
        (local.set $quotes (i64.and (local.get $valid) ${find('"')}))
        (local.set $backslashes (i64.and (local.get $valid) ${find("\\")}))
        (if (i32.eqz (i64.eqz (i64.or (local.get $backslashes) (local.get $escaped)))) (then
          ;; The bytes that a backslash escapes. Of a row of backslashes every second one is escaped itself; an addition carries
          ;; through each row that begins at an odd bit and so tells on which side its end falls.
          (local.set $acting (i64.and (local.get $backslashes) (i64.xor (local.get $escaped) (i64.const -1))))
          (local.set $escapes (i64.or (i64.shl (local.get $acting) (i64.const 1)) (local.get $escaped)))
          (local.set $odd
            (i64.and
              (i64.and (local.get $acting) (i64.const 0xaaaaaaaaaaaaaaaa))
              (i64.xor (local.get $escapes) (i64.const -1))))
          (local.set $escapes
            (i64.and
              (local.get $escapes)
              (i64.xor
                (i64.const 0x5555555555555555)
                (i64.shl (i64.add (local.get $odd) (local.get $acting)) (i64.const 1)))))
          (local.set $quotes (i64.and (local.get $quotes) (i64.xor (local.get $escapes) (i64.const -1))))
          (local.set $escaped
            (if (result i64) (i64.lt_u (local.get $left) (i64.const 64))
              (then (i64.and (i64.shr_u (local.get $escapes) (local.get $left)) (i64.const 1)))
              ;; The byte behind 64 is escaped when the last one is a backslash and not escaped itself.
              (else
                (i64.shr_u
                  (i64.and (local.get $backslashes) (i64.xor (local.get $escapes) (i64.const -1)))
                  (i64.const 63)))))))

        ;; A string on its own ends at its first quote.
        (if (i32.eqz (local.get $depth)) (then
          (if (i32.eqz (i64.eqz (local.get $quotes)))
            (then (return (i32.add (local.get $at) (i32.add (i32.wrap_i64 (i64.ctz (local.get $quotes))) (i32.const 1))))))
          (local.set $at (i32.add (local.get $at) (i32.const 64)))
          (br $block)))

        ;; The inside of a string holds no brackets that count.
        (if (i32.and (i64.eqz (local.get $quotes)) (i64.ne (local.get $inString) (i64.const 0))) (then
          (local.set $at (i32.add (local.get $at) (i32.const 64)))
          (br $block)))

        ;; What is between quotes: every bit from an odd one on up to the next.
        (local.set $strings (local.get $quotes))
${[1, 2, 4, 8, 16, 32].map((count) => `        (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const ${count}))))`).join("\n")}
        (local.set $strings (i64.xor (local.get $strings) (local.get $inString)))
        (local.set $inString (i64.shr_s (local.get $strings) (i64.const 63)))
        (local.set $misplaced (i64.and (local.get $backslashes) (i64.xor (local.get $strings) (i64.const -1))))
        (local.set $strings (i64.and (local.get $valid) (i64.xor (local.get $strings) (i64.const -1))))
        ;; Curly and square brackets differ in one bit.
${[0, 1, 2, 3].map((index) => `        (local.set $bytes${index} (v128.or (local.get $bytes${index}) (i8x16.splat (i32.const 0x20))))`).join("\n")}
        (local.set $opens (i64.and (local.get $strings) ${find("{")}))
        (local.set $closes (i64.and (local.get $strings) ${find("}")}))

        ;; Neither the end of the value nor anything that is wrong can be among these bytes: counting is enough.
        (if (i32.and (i64.eqz (local.get $misplaced))
              (i32.and
                (i32.gt_s (local.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $closes))))
                (i32.le_s (i32.add (local.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $opens)))) (local.get $deepest))))
          (then
            (local.set $depth (i32.add (local.get $depth)
              (i32.wrap_i64 (i64.sub (i64.popcnt (local.get $opens)) (i64.popcnt (local.get $closes))))))
            (local.set $at (i32.add (local.get $at) (i32.const 64)))
            (br $block)))

        (local.set $brackets (i64.or (local.get $opens) (local.get $closes)))
        (loop $bracket
          (if (i32.eqz (i64.eqz (local.get $brackets))) (then
            (local.set $bit (i64.and (local.get $brackets) (i64.sub (i64.const 0) (local.get $brackets))))
            (if (i32.eqz (i64.eqz (i64.and (local.get $misplaced) (i64.sub (local.get $bit) (i64.const 1)))))
              (then (return (i32.const -3))))
            (if (i64.eqz (i64.and (local.get $closes) (local.get $bit)))
              (then
                (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
                (if (i32.gt_s (local.get $depth) (local.get $deepest)) (then (return (i32.const -2)))))
              (else
                (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
                (if (i32.eqz (local.get $depth)) (then
                  (return (i32.add (local.get $at) (i32.add (i32.wrap_i64 (i64.ctz (local.get $bit))) (i32.const 1))))))))
            (local.set $brackets (i64.xor (local.get $brackets) (local.get $bit)))
            (br $bracket))))
        (if (i32.eqz (i64.eqz (local.get $misplaced))) (then (return (i32.const -3))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $block))))
    (global.set $depth (local.get $depth))
    (global.set $inString (i32.wrap_i64 (local.get $inString)))
    (global.set $escaped (i32.wrap_i64 (local.get $escaped)))
    (i32.const -1))
)
`;

module.exports = { SKIP };
