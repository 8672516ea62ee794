import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import QRCode from 'qrcode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../corridor.ts';
import { type Desk, keepPictures, launch, openDesk, signIn } from './browser.ts';
import { givePerson } from './given.ts';

/** The camera of the scan page, with a film of a printed card held before it. */
let corridor: Corridor;
let browser: Browser;
let doctor: Desk;
const folder = mkdtempSync(join(tmpdir(), 'serai-film-'));

beforeAll(async () => {
  corridor = await openCorridor();
});
afterAll(async () => {
  await browser?.close();
  await corridor?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A one-second film (YUV4MPEG2, 640 × 480) of a code about a third of the picture high, on grey, as a hand holds it. */
function filmOf(text: string): Buffer {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const [width, height] = [640, 480];
  const scale = Math.floor(360 / (modules.size + 8));
  const side = (modules.size + 8) * scale;
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const luma = Buffer.alloc(width * height, 120);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      luma[(top + y) * width + left + x] = inside && modules.get(row, column) ? 40 : 210;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from('YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n'), ...Array(10).fill(frame)]);
}

test('a printed card held before the camera is read, checked here, and offers what may be asked', async () => {
  const person = await givePerson(corridor);
  const film = join(folder, 'card.y4m');
  writeFileSync(film, filmOf(person.card.printed.text));
  browser = await launch([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  doctor = await openDesk(browser, corridor.th.url, { permissions: ['camera'] });
  try {
    await signIn(doctor, 'doctor');
    await doctor.page.goto('/console/scan');
    await doctor.page.getByRole('button', { name: 'Start the camera' }).click();
    await doctor.page
      .getByText('Art 4(2)')
      .or(doctor.page.getByText('Continuing care: the patient summary'))
      .first()
      .waitFor();
    expect(await doctor.page.getByRole('button', { name: 'Stop the camera' }).count()).toBe(0);
    doctor.mustBeQuiet();
  } catch (error) {
    await keepPictures([doctor], 'camera');
    throw error;
  }
});
