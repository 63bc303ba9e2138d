/** Who is heard when two want to speak, the most urgent first: whoever comes cuts off whoever stands below. */
export const ranks = ['fire', 'evacuation', 'district', 'drill', 'programme'];
