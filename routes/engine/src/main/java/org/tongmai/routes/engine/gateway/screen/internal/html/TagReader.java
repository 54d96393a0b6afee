package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nu.validator.htmlparser.common.TokenHandler;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.impl.ElementName;
import nu.validator.htmlparser.impl.HtmlAttributes;
import nu.validator.htmlparser.impl.Tokenizer;
import nu.validator.htmlparser.impl.UTF16Buffer;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;
import org.xml.sax.SAXException;

/** Reads tags of a value, each by itself, with the tokenizer of the HTML standard (13.2.5), as Firefox has it. */
final class TagReader implements TokenHandler {
    /** Closes whatever quote the tag still has open: the page around the value goes on. */
    private static final String REST_OF_PAGE = "\"'>";
    /** What it costs to begin one, in characters. */
    private static final int BEGINNING = 100;
    /** What a character costs it, in those that are only looked at. */
    private static final int TIMES_DEARER = 2;
    /** So many comparisons of names take as long as a character. */
    private static final int COMPARISONS = 8;

    private final char[] page;
    private final Work work;
    private final Tokenizer tokenizer = tokenizer();
    private Tag tag;
    private int end;

    TagReader(String value, Work work) {
        work.charge(value.length());
        this.work = work;
        this.page = (value + REST_OF_PAGE).toCharArray();
    }

    /** The tag that begins at the first character of a text, or null where none does. */
    static Tag first(String text, Work work) {
        return new TagReader(text, work).at(0);
    }

    /** The tag that begins at a bracket, or null where none does. */
    Tag at(int bracket) {
        tag = null;
        try {
            tokenize(bracket);
        } catch (SAXException e) {
            throw new IllegalStateException("the HTML tokenizer refused a character it was told to take", e);
        }
        return tag;
    }

    /** Index behind the last tag that was read. */
    int end() {
        return end;
    }

    /** Whether the last tag that was read does not end in the value. */
    boolean isOpen() {
        return end > page.length - REST_OF_PAGE.length();
    }

    private Tokenizer tokenizer() {
        Tokenizer made = new Tokenizer(this);
        made.setCommentPolicy(XmlViolationPolicy.ALLOW);
        made.setContentNonXmlCharPolicy(XmlViolationPolicy.ALLOW);
        made.setContentSpacePolicy(XmlViolationPolicy.ALLOW);
        made.setNamePolicy(XmlViolationPolicy.ALLOW);
        made.setXmlnsPolicy(XmlViolationPolicy.ALLOW);
        return made;
    }

    private void tokenize(int from) throws SAXException {
        TagEnd tagEnd = new TagEnd(page, from);
        end = tagEnd.index();
        work.charge(BEGINNING + (long) TIMES_DEARER * (end - from) + tagEnd.comparisons() / COMPARISONS);
        tokenizer.start();
        read(from, end);
        if (tag == null && end < page.length) {
            work.charge((long) TIMES_DEARER * (page.length - end));
            read(end, page.length);
        }
        tokenizer.end();
    }

    private void read(int from, int to) throws SAXException {
        UTF16Buffer buffer = new UTF16Buffer(page, from, to);
        boolean carriageReturn = false;
        while (buffer.hasMore() && tag == null) {
            buffer.adjust(carriageReturn);
            carriageReturn = buffer.hasMore() && tokenizer.tokenizeBuffer(buffer);
        }
    }

    @Override
    public void startTag(ElementName name, HtmlAttributes attributes, boolean selfClosing) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            found.put(attributes.getLocalName(i).toLowerCase(Locale.ROOT), attributes.getValue(i));
        }
        end(name.getName(), found);
    }

    @Override
    public void endTag(ElementName name) {
        end("/" + name.getName(), Map.of());
    }

    private void end(String name, Map<String, String> attributes) {
        if (tag == null) {
            tag = new Tag(name.toLowerCase(Locale.ROOT), attributes);
        }
        tokenizer.requestSuspension();
    }

    @Override
    public boolean wantsComments() {
        return false;
    }

    @Override
    public boolean cdataSectionAllowed() {
        return false;
    }

    @Override
    public void startTokenization(Tokenizer started) {
        // Nothing is kept from before.
    }

    @Override
    public void doctype(String name, String publicId, String systemId, boolean quirks) {
        // Creates nothing.
    }

    @Override
    public void comment(char[] text, int start, int length) {
        // Creates nothing; tags inside are read from their own bracket.
    }

    @Override
    public void characters(char[] text, int start, int length) {
        // Creates nothing.
    }

    @Override
    public void zeroOriginatingReplacementCharacter() {
        // Creates nothing.
    }

    @Override
    public void eof() {
        // The tag is complete or there is none.
    }

    @Override
    public void endTokenization() {
        // Nothing is held.
    }

    @Override
    public void ensureBufferSpace(int inputLength) {
        // Nothing is buffered.
    }
}
