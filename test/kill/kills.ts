/** How often each activity is killed: 200 kills together, those while indexing in a study of their own. */
export const kills = { indexing: 60, classifying: 35, writing: 35, reviewing: 35, coding: 35 } as const;
