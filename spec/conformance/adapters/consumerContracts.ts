import { take } from 'rxjs';
import { collectUnhandled, equal, grammar } from './assertions.js';
import { contract, type Contract } from './contract.js';

/** What a consumer may do: subscribe, leave, throw. */
export const consumerContracts: readonly Contract[] = [
  contract(
    'is cold, emits OPENED while being subscribed to, and makes a request per subscription',
    async (bench) => {
      const events$ = bench.send('/bytes');
      equal((await bench.log()).requests, 0, 'requests before subscribing');
      const states: number[] = [];
      const ends = [0, 1].map(
        () =>
          new Promise((resolve) =>
            events$.subscribe({
              next: (e) => states.push(e.readyState),
              complete: () => {
                resolve(0);
              },
            }),
          ),
      );
      equal(states, [1, 1], 'events while subscribing');
      await Promise.all(ends);
      equal((await bench.log('answered=2')).requests, 2, 'requests');
    },
  ),
  contract('sends nothing when the consumer leaves in OPENED', async (bench) => {
    let completed = false;
    bench
      .send('/bytes')
      .pipe(take(1))
      .subscribe({ complete: () => (completed = true) });
    equal(completed, true, 'completed by take(1)');
    await bench.outcome('/bytes');
    equal((await bench.log('answered=1')).requests, 1, 'only the second request arrived');
  }),
  contract('frees the connection when unsubscribed before the head', async (bench) => {
    const states: number[] = [];
    const subscription = bench.send('/silent').subscribe(({ readyState }) => states.push(readyState));
    await bench.log('requests=1');
    subscription.unsubscribe();
    await bench.log('broken=1');
    equal(states, [1], 'events');
  }),
  contract('frees the connection when unsubscribed after the head, and emits nothing more', async (bench) => {
    const states: number[] = [];
    await new Promise<void>((resolve) => {
      const subscription = bench
        .send(bench.can.headAlone ? '/headOnly' : '/held')
        .subscribe(({ readyState }) => {
          states.push(readyState);
          if (readyState === 2) {
            queueMicrotask(() => {
              subscription.unsubscribe();
              resolve();
            });
          }
        });
    });
    await bench.log('broken=1');
    equal(states, [1, 2], 'events');
  }),
  ...([2, 3] as const).map((state) =>
    contract(`frees the connection when unsubscribed inside next of readyState ${state}`, async (bench) => {
      const states: number[] = [];
      await new Promise<void>((resolve) => {
        bench
          .send('/held')
          .pipe(take(state))
          .subscribe({
            next: ({ readyState }) => states.push(readyState),
            complete: resolve,
          });
      });
      await bench.log('broken=1');
      await bench.release();
      await bench.outcome('/bytes');
      equal(states, [1, 2, 3].slice(0, state), 'events');
    }),
  ),
  contract('breaks nothing off when unsubscribed inside next of DONE, or afterwards', async (bench) => {
    let ends = 0;
    await new Promise<void>((resolve) => {
      const subscription = bench.send('/bytes').subscribe(({ readyState }) => {
        if (readyState !== 4) return;
        ends++;
        subscription.unsubscribe();
        resolve();
      });
    });
    const subscription = bench.send('/bytes').subscribe();
    await new Promise<void>((resolve) => {
      subscription.add(resolve);
    });
    subscription.unsubscribe();
    equal(await bench.log('answered=2'), { requests: 2, answered: 2, broken: 0 }, 'log');
    equal(ends, 1, 'DONE events');
  }),
  ...([1, 2, 3, 4] as const).map((state) =>
    contract(
      `goes on when the consumer throws in next of readyState ${state}, and the error is reported`,
      async (bench) => {
        const { reported, result } = await collectUnhandled(1, () =>
          bench.outcome('/bytes', {}, ({ readyState }) => {
            if (readyState === state) throw new Error(`thrown in ${state}`);
          }),
        );
        grammar(result);
        equal(String(reported[0]), `Error: thrown in ${state}`, 'the error reported');
      },
    ),
  ),
  contract('survives a consumer that throws in error and in complete', async (bench) => {
    const { reported } = await collectUnhandled(2, async () => {
      await new Promise<void>((resolve) => {
        bench.send('/bytes').subscribe({
          complete: () => {
            resolve();
            throw new Error('thrown in complete');
          },
        });
      });
      await new Promise<void>((resolve) => {
        bench.send('/raw').subscribe({
          error: () => {
            resolve();
            throw new Error('thrown in error');
          },
        });
      });
      await bench.outcome('/bytes');
    });
    equal(reported.map(String), ['Error: thrown in complete', 'Error: thrown in error'], 'errors reported');
  }),
];
