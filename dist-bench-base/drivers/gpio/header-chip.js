/** Labels of the main header's chip on Raspberry Pi boards: the same in sysfs and on the character device. */
const headerLabel = /^pinctrl-(bcm|rp1)/;
/** Whether the chip of this label is the one of the pins that people count: GPIO17 is its line 17. */
export function isHeaderChip(label) {
    return headerLabel.test(label);
}
/** The kernel module behind that chip. */
export function moduleOfHeaderChip(label) {
    return label.startsWith('pinctrl-rp1') ? 'pinctrl_rp1' : 'pinctrl_bcm2835';
}
