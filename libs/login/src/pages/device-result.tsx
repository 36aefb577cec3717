import type { VNode } from 'preact';
import type { PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';

export const DEVICE_RESULTS = ['done', 'denied', 'expired'] as const;
export type DeviceResult = (typeof DEVICE_RESULTS)[number];

export interface DeviceResultView {
  result: DeviceResult;
  /** Address of the page where a code is typed. */
  again: string;
}

/** How it ended; nothing on it is about anybody, for everybody may open its address. */
export function DeviceResultPage({ frame, view }: { frame: PageFrame; view: DeviceResultView }): VNode {
  const { texts } = frame;
  const { result, again } = view;
  return (
    <Layout frame={frame} title={`device.${result}.title`}>
      <Heading lead={texts.text(`device.${result}.lead`)}>{texts.text(`device.${result}.heading`)}</Heading>
      {result === 'done' ? null : <WayOn href={again}>{texts.text('device.again')}</WayOn>}
    </Layout>
  );
}
