/** The key that goes with Z and S on the user's keyboard. */
export const commandKey = /Mac|iPhone|iPad/u.test(navigator.platform) ? "Cmd" : "Ctrl";
