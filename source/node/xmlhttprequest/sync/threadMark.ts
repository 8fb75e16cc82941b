/** What the thread of synchronous requests is known by from inside, also before its module runs. */
export const threadMark = 'readystream: synchronous requests';
