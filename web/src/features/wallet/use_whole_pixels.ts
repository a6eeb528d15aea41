import { useEffect, useState, type RefObject } from 'react';

/**
 * The largest side, in CSS pixels, at which every module of a code is the same whole number of
 * device pixels: uneven modules are what a camera stumbles over.
 */
export function wholePixels(available: number, modules: number, ratio: number): number {
  return (Math.max(1, Math.floor((available * ratio) / modules)) * modules) / ratio;
}

export function useWholePixels(
  sheet: RefObject<HTMLElement | null>,
  modules: number | undefined,
): number | undefined {
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [sheet]);
  if (width === undefined || modules === undefined) return undefined;
  return wholePixels(width, modules, window.devicePixelRatio);
}
