// What BullMQ keeps beside a job, by which both ends say what the job itself does not.

/** A job's name: workers may do others beside it. */
export const togetherName = "embed";

/** A job's name: a worker does nothing else meanwhile. */
export const aloneName = "embed-alone";

/** A job's progress when a worker has begun with it, and not only taken it. */
export const begunProgress = 1;
