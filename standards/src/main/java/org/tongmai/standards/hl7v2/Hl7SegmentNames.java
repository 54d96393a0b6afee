package org.tongmai.standards.hl7v2;

/** Gives the usual segment names without making a string for each segment. */
final class Hl7SegmentNames {
    private static final String[] USUAL = {
        "MSH", "EVN", "PID", "PD1", "PV1", "PV2", "NK1", "OBX", "OBR", "ORC", "NTE", "DG1", "AL1", "IN1", "IN2", "IN3",
        "PR1", "SPM", "MRG", "MSA", "ERR", "SFT", "ROL", "GT1", "PRT", "TQ1", "CTI", "TXA", "RXA", "RXR", "RXO", "RXE",
        "SCH", "AIS", "AIP", "AIL", "AIG", "RGS", "FT1", "UAC", "ARV", "IAM", "ACC", "UB1", "UB2", "PDA", "DB1", "DSC"
    };

    private Hl7SegmentNames() {}

    static String canonical(String text, int start, int end) {
        if (end - start == 3) {
            char first = text.charAt(start);
            char second = text.charAt(start + 1);
            char third = text.charAt(start + 2);
            for (String name : USUAL) {
                if (name.charAt(0) == first && name.charAt(1) == second && name.charAt(2) == third) {
                    return name;
                }
            }
        }
        return text.substring(start, end);
    }
}
