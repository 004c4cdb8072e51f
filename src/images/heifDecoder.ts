import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** libheif's C functions as its WebAssembly build exports them; pointers are offsets into `HEAPU8`. */
export interface HeifDecoder {
  readonly HEAPU8: Uint8Array;
  _malloc(sizeBytes: number): number;
  _free(pointer: number): void;
  _heif_context_alloc(): number;
  _heif_context_free(context: number): void;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    file: number,
    sizeBytes: number,
    options: 0,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_get_ispe_width(handle: number): number;
  _heif_image_handle_get_ispe_height(handle: number): number;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_is_premultiplied_alpha(handle: number): number;
  _heif_image_handle_release(handle: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decoding_options_free(options: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  _heif_image_release(image: number): void;
}

let loaded: Promise<HeifDecoder> | undefined;

/** libheif, loaded (1.4 MB of WebAssembly) when the first HEIC picture comes, and kept. */
export function heifDecoder(): Promise<HeifDecoder> {
  loaded ??= load();
  return loaded;
}

/** The next picture gets a new decoder: this one has died, or holds memory that it cannot give back. */
export function forgetHeifDecoder(): void {
  loaded = undefined;
}

async function load(): Promise<HeifDecoder> {
  const require = createRequire(import.meta.url);
  const wasmBinary = await readFile(require.resolve("libheif-js/libheif-wasm/libheif.wasm"));
  const start = require("libheif-js/libheif-wasm/libheif.js") as (options: object) => HeifDecoder;
  // What it prints says no more than the errors that it returns.
  const silent = () => undefined;
  return start({ wasmBinary, print: silent, printErr: silent });
}
