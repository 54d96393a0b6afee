package org.tongmai.standards.hl7v2;

/** The texts of HL7 table 0357, message error condition codes. */
final class Hl7Condition {
    private Hl7Condition() {}

    static String textOf(int condition) {
        return switch (condition) {
            case 0 -> "Message accepted";
            case 100 -> "Segment sequence error";
            case 101 -> "Required field missing";
            case 102 -> "Data type error";
            case 103 -> "Table value not found";
            case 104 -> "Value too long";
            case 200 -> "Unsupported message type";
            case 201 -> "Unsupported event code";
            case 202 -> "Unsupported processing id";
            case 203 -> "Unsupported version id";
            case 204 -> "Unknown key identifier";
            case 205 -> "Duplicate key identifier";
            case 206 -> "Application record locked";
            default -> "Application internal error";
        };
    }
}
