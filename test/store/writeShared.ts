// Started by a test as a process of its own, beside another: stores so many images in the folder's study, one in a transaction, as on a
// network disk.
import { openStudy } from "../../src/store/openStudy.ts";
import { saveImage } from "./runSpec.ts";

const [folder = "", writer = "", count = ""] = process.argv.slice(2);
const study = openStudy(folder, { fsType: 0x6969 });
for (let i = 0; i < Number(count); i++) {
  study.transaction(() => saveImage(study, Number(writer) * 1000 + i));
}
study.close();
