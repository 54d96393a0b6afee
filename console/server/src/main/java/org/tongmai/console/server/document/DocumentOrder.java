package org.tongmai.console.server.document;

/**
 * What a generated document is to be; prints nothing of it.
 *
 * @param patient logical id of the patient
 * @param encounter logical id of the visit; empty for the one that began last
 * @param author who wrote it; empty for the visit's attending practitioner
 * @param custodian who keeps it; empty for the visit's or the patient's organization
 * @param replaces logical id of the registered document it replaces; empty for none
 */
public record DocumentOrder(String patient, String encounter, Party author, Party custodian, String replaces) {
    /**
     * A person or an organization.
     *
     * @param number national number: of medical staff (2.16.156.10011.1.4), of institutions (2.16.156.10011.1.5)
     * @param name as it is to be read
     */
    public record Party(String number, String name) {
        @Override
        public String toString() {
            return "Party";
        }
    }

    @Override
    public String toString() {
        return "DocumentOrder";
    }
}
