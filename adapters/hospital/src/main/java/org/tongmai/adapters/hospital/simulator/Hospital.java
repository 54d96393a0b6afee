package org.tongmai.adapters.hospital.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The two hospitals of the district: one writes UTF-8, one GB 18030. */
public enum Hospital {
    A("HOSPITAL_A", StandardCharsets.UTF_8, "UNICODE UTF-8"),
    B("HOSPITAL_B", Charset.forName("GB18030"), "GB 18030-2000");

    private final String facility;
    private final Charset charset;
    private final String charsetName;

    Hospital(String facility, Charset charset, String charsetName) {
        this.facility = facility;
        this.charset = charset;
        this.charsetName = charsetName;
    }

    /** MSH-4 and the assigning authority of its numbers. */
    public String facility() {
        return facility;
    }

    public Charset charset() {
        return charset;
    }

    /** MSH-18, HL7 table 0211. */
    public String charsetName() {
        return charsetName;
    }
}
