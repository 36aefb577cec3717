import type { VNode } from 'preact';
import type { ConsentGroup } from '../src/pages/consent';
import { DeviceCodePage, type DeviceCodeView } from '../src/pages/device-code';
import { DEVICE_RESULTS, DeviceResultPage } from '../src/pages/device-result';
import type { PageFrame } from '../src/pages/frame';
import { RequestsPage, type RequestsView } from '../src/pages/requests';

type Samples = Readonly<Record<string, VNode>>;

export function deviceSamples(frame: PageFrame): Samples {
  const { texts } = frame;
  const view: DeviceCodeView = { form: { action: '/device', csrf: 'csrf-value' }, code: '', isGiven: false };
  const page = (changes: Partial<DeviceCodeView>) => <DeviceCodePage frame={frame} view={{ ...view, ...changes }} />;
  const results = DEVICE_RESULTS.map((result) => [
    `device-${result}`,
    <DeviceResultPage key={result} frame={frame} view={{ result, again: '/device' }} />,
  ]);
  return {
    device: page({}),
    'device-given': page({ code: 'WDJB-MJHT', isGiven: true }),
    'device-missing': page({ error: texts.text('device.error.missing') }),
    'device-malformed': page({ code: 'WDJ0', error: texts.text('device.error.malformed') }),
    'device-unknown': page({ code: 'WDJB-MJHT', error: texts.text('device.error.unknown') }),
    'device-blocked': page({
      code: 'WDJB-MJHT',
      alert: texts.text('device.error.blocked', { time: texts.duration(38) }),
    }),
    'device-renewed': page({ code: 'WDJB-MJHT', alert: texts.text('form.renewed') }),
    ...(Object.fromEntries(results) as Samples),
  };
}

export function requestSamples(frame: PageFrame, groups: ConsentGroup[]): Samples {
  const form = { action: '/requests/0197', csrf: 'csrf-value' };
  const waiting = [
    { id: 'one', form, app: 'Photo Library', message: 'WDJB-MJHT', groups, ageSeconds: 12 },
    { id: 'two', form, app: 'Living Room', groups: groups.slice(0, 1), ageSeconds: 75 },
  ];
  const page = (view: Partial<RequestsView>) => (
    <RequestsPage frame={frame} view={{ user: 'ada@northwind.example', waiting, ...view }} />
  );
  return {
    requests: page({}),
    'requests-none': page({ waiting: [] }),
    'requests-allowed': page({ waiting: [], told: 'allowed' }),
    'requests-denied': page({ told: 'denied' }),
    'requests-over': page({ told: 'over' }),
    'requests-renewed': page({ alert: frame.texts.text('form.renewed') }),
  };
}
