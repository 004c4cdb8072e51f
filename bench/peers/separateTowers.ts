import { secondsOf, takeTurn } from "../turns/takeTurn.ts";
import { dtypeOf, loadTransformersJs, type PeerTensor } from "./transformersJs.ts";

// transformers.js's two towers on their own: phrases once, before the clock starts, then picture by picture.
await takeTurn(async ({ model, precision, files, phrases }) => {
  const { library, name } = await loadTransformersJs(model);
  const {
    AutoProcessor,
    AutoTokenizer,
    CLIPTextModelWithProjection,
    CLIPVisionModelWithProjection,
    RawImage,
  } = library;
  const dtype = dtypeOf(precision);
  const processor = await AutoProcessor.from_pretrained(name);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const textTower = await CLIPTextModelWithProjection.from_pretrained(name, { dtype });
  const imageTower = await CLIPVisionModelWithProjection.from_pretrained(name, { dtype });
  const { text_embeds } = await textTower(tokenizer(phrases, { padding: true, truncation: true }));
  const classify = async (file: string): Promise<number> => {
    const { pixel_values } = await processor(await RawImage.read(file));
    const { image_embeds } = await imageTower({ pixel_values });
    return bestPhrase(image_embeds, text_embeds);
  };
  await classify(files[0] as string);
  const seconds = await secondsOf(async () => {
    for (const file of files) await classify(file);
  });
  return { count: files.length, seconds };
});

/** The phrase with the highest cosine; the picture's own length is the same for all. `[1, dim], [P, dim]` */
function bestPhrase(image: PeerTensor, phrases: PeerTensor): number {
  const [count = 0, dim = 0] = phrases.dims;
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let phrase = 0; phrase < count; phrase++) {
    let product = 0;
    let square = 0;
    for (let i = 0; i < dim; i++) {
      const x = phrases.data[phrase * dim + i] as number;
      product += x * (image.data[i] as number);
      square += x * x;
    }
    const cosine = product / Math.sqrt(square);
    if (cosine > highest) [best, highest] = [phrase, cosine];
  }
  return best;
}
