<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Rushlock</source>
            <translation>Über Rushlock</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Every clip of a multi-camera shoot on one clock, with a confidence and a reason.</source>
            <translation>Jeder Clip eines Mehrkameradrehs auf einer Uhr, mit Sicherheit und Begründung.</translation>
        </message>
        <message>
            <source>Put the versions on the clipboard</source>
            <translation>Die Versionen in die Zwischenablage legen</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>Versionen</translation>
        </message>
    </context>
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;About Rushlock</source>
            <translation>Ü&amp;ber Rushlock</translation>
        </message>
        <message>
            <source>&amp;Add folders…</source>
            <translation>Ordner &amp;hinzufügen…</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Clip</source>
            <translation>&amp;Clip</translation>
        </message>
        <message>
            <source>&amp;Command palette…</source>
            <translation>&amp;Befehlspalette…</translation>
        </message>
        <message>
            <source>&amp;Compare with a timeline…</source>
            <translation>Mit einer Timeline &amp;vergleichen…</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren…</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Find clip</source>
            <translation>Clip &amp;suchen</translation>
        </message>
        <message>
            <source>&amp;Fit timeline</source>
            <translation>Ganze Timeline &amp;zeigen</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;Lock</source>
            <translation>&amp;Sperren</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>&amp;Modelle…</translation>
        </message>
        <message>
            <source>&amp;New project</source>
            <translation>&amp;Neues Projekt</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>&amp;Preferences…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Report a problem…</source>
            <translation>&amp;Problem melden…</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>&amp;Sync</source>
            <translation>&amp;Synchronisieren</translation>
        </message>
        <message>
            <source>&amp;Unlock / take back</source>
            <translation>&amp;Entsperren / zurücknehmen</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>&amp;Dateien hinzufügen…</translation>
        </message>
        <message>
            <source>Add folders of rushes, or drop them on the window</source>
            <translation>Ordner mit Mustern hinzufügen, oder auf das Fenster ziehen</translation>
        </message>
        <message>
            <source>Add the media of a timeline, its tracks as cameras</source>
            <translation>Die Medien einer Timeline hinzufügen, ihre Spuren als Kameras</translation>
        </message>
        <message>
            <source>E&amp;xclude</source>
            <translation>Aus&amp;schließen</translation>
        </message>
        <message>
            <source>Find &amp;moved media…</source>
            <translation>&amp;Verschobene Medien suchen…</translation>
        </message>
        <message>
            <source>Find any command, camera or clip by some of its letters</source>
            <translation>Jeden Befehl, jede Kamera, jeden Clip an einigen Buchstaben finden</translation>
        </message>
        <message>
            <source>Find where every clip lies</source>
            <translation>Finden, wo jeder Clip liegt</translation>
        </message>
        <message>
            <source>Forget what was decided about the clips</source>
            <translation>Vergessen, was über die Clips entschieden wurde</translation>
        </message>
        <message>
            <source>Hold what was found against a timeline that you trust, clip by clip</source>
            <translation>Das Gefundene Clip für Clip gegen eine Timeline halten, der Sie vertrauen</translation>
        </message>
        <message>
            <source>Import &amp;timeline…</source>
            <translation>&amp;Timeline importieren…</translation>
        </message>
        <message>
            <source>Keep the clips where they are, whatever is found later; they cannot be nudged either</source>
            <translation>Die Clips lassen, wo sie sind, was immer später gefunden wird; auch verschieben lassen sie sich nicht</translation>
        </message>
        <message>
            <source>Leave the clips out of the timeline</source>
            <translation>Die Clips aus der Timeline weglassen</translation>
        </message>
        <message>
            <source>Networks that also look: install, check, remove</source>
            <translation>Netze, die auch hinsehen: installieren, prüfen, entfernen</translation>
        </message>
        <message>
            <source>Open a project</source>
            <translation>Ein Projekt öffnen</translation>
        </message>
        <message>
            <source>Overlaps &amp;nothing</source>
            <translation>Überlappt mit &amp;nichts</translation>
        </message>
        <message>
            <source>Put together what helps to find a fault; nothing that names you, your files or your shoot</source>
            <translation>Zusammenstellen, was hilft, einen Fehler zu finden; nichts, was Sie, Ihre Dateien oder Ihren Dreh nennt</translation>
        </message>
        <message>
            <source>Reject: the clips overlap nothing and are left unsynced</source>
            <translation>Ablehnen: Die Clips überlappen mit nichts und bleiben unsynchron</translation>
        </message>
        <message>
            <source>S&amp;ync</source>
            <translation>S&amp;ynchronisieren</translation>
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation>Speichern &amp;unter…</translation>
        </message>
        <message>
            <source>Save the project under a name; every change is kept as it happens</source>
            <translation>Das Projekt unter einem Namen speichern; jede Änderung wird sofort festgehalten</translation>
        </message>
        <message>
            <source>Show the whole timeline</source>
            <translation>Die ganze Timeline zeigen</translation>
        </message>
        <message>
            <source>Stop what runs</source>
            <translation>Anhalten, was läuft</translation>
        </message>
        <message>
            <source>Write the timeline for an editing system</source>
            <translation>Die Timeline für ein Schnittsystem schreiben</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
    </context>
    <context>
        <name>Appearance</name>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Dark keeps the eye on the pictures; “System” follows what the system asks for.</source>
            <translation>Dunkel lässt das Auge bei den Bildern; „System“ richtet sich nach dem, was das System wünscht.</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Aussehen</translation>
        </message>
    </context>
    <context>
        <name>BinDoing</name>
        <message>
            <source>&amp;Move to camera…</source>
            <translation>Einer Kamera &amp;zuordnen…</translation>
        </message>
        <message>
            <source>&amp;Reveal file</source>
            <translation>Datei im &amp;Ordner zeigen</translation>
        </message>
        <message>
            <source>Camera that recorded these clips; another name makes a new one:</source>
            <translation>Kamera, die diese Clips aufgenommen hat; ein anderer Name legt eine neue an:</translation>
        </message>
        <message>
            <source>Camera {number}</source>
            <translation>Kamera {number}</translation>
        </message>
        <message>
            <source>Give the camera another name</source>
            <translation>Der Kamera einen anderen Namen geben</translation>
        </message>
        <message>
            <source>Let Rushlock choose the master</source>
            <translation>Rushlock den Master wählen lassen</translation>
        </message>
        <message>
            <source>Move to camera</source>
            <translation>Einer Kamera zuordnen</translation>
        </message>
        <message>
            <source>Move {clips} to {camera}</source>
            <translation>{clips} zu {camera} verschieben</translation>
        </message>
        <message>
            <source>No file manager answers. The file is {path}</source>
            <translation>Kein Dateimanager antwortet. Die Datei ist {path}</translation>
        </message>
        <message>
            <source>Re&amp;name camera</source>
            <translation>Kamera um&amp;benennen</translation>
        </message>
        <message>
            <source>Rename {camera} to {name}</source>
            <translation>{camera} in {name} umbenennen</translation>
        </message>
        <message>
            <source>Run all clocks straight against this clip</source>
            <translation>Alle Uhren gerade gegen diesen Clip laufen lassen</translation>
        </message>
        <message>
            <source>Say which camera recorded the chosen clips; or drag them there</source>
            <translation>Sagen, welche Kamera die gewählten Clips aufgenommen hat; oder ziehen Sie sie dorthin</translation>
        </message>
        <message>
            <source>Set as m&amp;aster</source>
            <translation>Als M&amp;aster setzen</translation>
        </message>
        <message>
            <source>Set {clip} as master</source>
            <translation>{clip} als Master setzen</translation>
        </message>
        <message>
            <source>Show the file in the file manager</source>
            <translation>Die Datei im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>There is a camera called {name} already.</source>
            <translation>Eine Kamera namens {name} gibt es schon.</translation>
        </message>
        <message>
            <source>{clips} now belong to {camera}. Sync again to compare them with the others anew.</source>
            <translation>{clips} gehören jetzt zu {camera}. Synchronisieren Sie erneut, um sie neu mit den anderen zu vergleichen.</translation>
        </message>
        <message>
            <source>{clip} is the master now.</source>
            <translation>{clip} ist jetzt der Master.</translation>
        </message>
        <message>
            <source>{count} clips</source>
            <translation>{count} Clips</translation>
        </message>
        <message>
            <source>{path} is not there. Find moved media (Ctrl+Shift+F) looks for it.</source>
            <translation>{path} ist nicht da. „Verschobene Medien suchen“ (Strg+Umschalt+F) sucht danach.</translation>
        </message>
    </context>
    <context>
        <name>BinTree</name>
        <message>
            <source>Cameras and clips</source>
            <translation>Kameras und Clips</translation>
        </message>
    </context>
    <context>
        <name>BinView</name>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Columns and thumbnails</source>
            <translation>Spalten und Vorschaubilder</translation>
        </message>
        <message>
            <source>Finds clips by name, camera, reel, timecode and reason (Ctrl+F)</source>
            <translation>Findet Clips nach Name, Kamera, Rolle, Timecode und Begründung (Strg+F)</translation>
        </message>
        <message>
            <source>Fold all cameras</source>
            <translation>Alle Kameras einklappen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Thumbnails</source>
            <translation>Vorschaubilder</translation>
        </message>
        <message>
            <source>Unfold all cameras</source>
            <translation>Alle Kameras ausklappen</translation>
        </message>
    </context>
    <context>
        <name>Chooser</name>
        <message>
            <source>Against</source>
            <translation>Gegen</translation>
        </message>
        <message>
            <source>By</source>
            <translation>Durch</translation>
        </message>
        <message>
            <source>How likeness is measured</source>
            <translation>Wie Ähnlichkeit gemessen wird</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Maß</translation>
        </message>
        <message>
            <source>The clip that the one in hand is held against; best witness first</source>
            <translation>Der Clip, gegen den der gewählte gehalten wird; der beste Zeuge zuerst</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>What is compared</source>
            <translation>Was verglichen wird</translation>
        </message>
        <message>
            <source>What the axes show: the shoot's time or own timecode</source>
            <translation>Was die Achsen zeigen: die Zeit des Drehs oder den eigenen Timecode</translation>
        </message>
        <message>
            <source>against</source>
            <translation>gegen</translation>
        </message>
        <message>
            <source>by</source>
            <translation>durch</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>Kosinus</translation>
        </message>
        <message>
            <source>shoot time</source>
            <translation>Drehzeit</translation>
        </message>
        <message>
            <source>timecode</source>
            <translation>Timecode</translation>
        </message>
    </context>
    <context>
        <name>ColourScale</name>
        <message>
            <source>Colour scale</source>
            <translation>Farbskala</translation>
        </message>
        <message>
            <source>Likeness from {low} (dark) to {high} (bright), stretched for this matrix</source>
            <translation>Ähnlichkeit von {low} (dunkel) bis {high} (hell), für diese Matrix gespreizt</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Command palette</source>
            <translation>Befehlspalette</translation>
        </message>
        <message>
            <source>Command, camera or clip</source>
            <translation>Befehl, Kamera oder Clip</translation>
        </message>
        <message>
            <source>Nothing matches.</source>
            <translation>Nichts passt.</translation>
        </message>
        <message>
            <source>Type some letters of what you look for; Return runs it</source>
            <translation>Tippen Sie einige Buchstaben des Gesuchten; Return führt es aus</translation>
        </message>
        <message>
            <source>What matches</source>
            <translation>Was passt</translation>
        </message>
    </context>
    <context>
        <name>ComparePanel</name>
        <message>
            <source>&amp;Best place</source>
            <translation>&amp;Beste Lage</translation>
        </message>
        <message>
            <source>&amp;Whole heatmap</source>
            <translation>&amp;Ganze Heatmap</translation>
        </message>
        <message>
            <source>Back to where it is &amp;placed</source>
            <translation>Zurück zur gesetzten &amp;Lage</translation>
        </message>
        <message>
            <source>Choose a clip to see it against another.</source>
            <translation>Wählen Sie einen Clip, um ihn gegen einen anderen zu halten.</translation>
        </message>
        <message>
            <source>Compare &amp;again</source>
            <translation>&amp;Erneut vergleichen</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>Wird verglichen…</translation>
        </message>
        <message>
            <source>Heatmap to the &amp;diagonal</source>
            <translation>Heatmap auf die &amp;Diagonale</translation>
        </message>
        <message>
            <source>Place {number}</source>
            <translation>Lage {number}</translation>
        </message>
        <message>
            <source>There is no other clip to hold it against.</source>
            <translation>Es gibt keinen anderen Clip, gegen den er zu halten wäre.</translation>
        </message>
        <message>
            <source>This pair could not be compared: {why} (Shift+F5 tries again)</source>
            <translation>Dieses Paar konnte nicht verglichen werden: {why} (Umschalt+F5 versucht es noch einmal)</translation>
        </message>
    </context>
    <context>
        <name>ComparisonDialog</name>
        <message>
            <source>Compared with {name}</source>
            <translation>Verglichen mit {name}</translation>
        </message>
        <message>
            <source>Show clips that agree, too</source>
            <translation>Auch übereinstimmende Clips zeigen</translation>
        </message>
        <message>
            <source>Write report…</source>
            <translation>Bericht schreiben…</translation>
        </message>
    </context>
    <context>
        <name>ComparisonView</name>
        <message>
            <source>Clips compared</source>
            <translation>Verglichene Clips</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>&amp;Clear marks</source>
            <translation>Marken &amp;löschen</translation>
        </message>
        <message>
            <source>&amp;Loop between marks</source>
            <translation>Zwischen den Marken &amp;wiederholen</translation>
        </message>
        <message>
            <source>&amp;Mark in the master</source>
            <translation>Im &amp;Master markieren</translation>
        </message>
        <message>
            <source>&amp;Play / pause</source>
            <translation>&amp;Wiedergabe / Pause</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Stopp</translation>
        </message>
        <message>
            <source>Again: twice as fast</source>
            <translation>Noch einmal: doppelt so schnell</translation>
        </message>
        <message>
            <source>Mark in the &amp;node</source>
            <translation>Im &amp;Node markieren</translation>
        </message>
        <message>
            <source>Mark this moment in the master</source>
            <translation>Diesen Moment im Master markieren</translation>
        </message>
        <message>
            <source>Mark this moment in the node</source>
            <translation>Diesen Moment im Node markieren</translation>
        </message>
        <message>
            <source>Node 1 ms earlier</source>
            <translation>Node 1 ms früher</translation>
        </message>
        <message>
            <source>Node 1 ms later</source>
            <translation>Node 1 ms später</translation>
        </message>
        <message>
            <source>Node back to its &amp;place</source>
            <translation>Node zurück an seine &amp;Lage</translation>
        </message>
        <message>
            <source>Node one frame earlier</source>
            <translation>Node ein Bild früher</translation>
        </message>
        <message>
            <source>Node one frame later</source>
            <translation>Node ein Bild später</translation>
        </message>
        <message>
            <source>Node ten frames earlier</source>
            <translation>Node zehn Bilder früher</translation>
        </message>
        <message>
            <source>Node ten frames later</source>
            <translation>Node zehn Bilder später</translation>
        </message>
        <message>
            <source>One frame back</source>
            <translation>Ein Bild zurück</translation>
        </message>
        <message>
            <source>One frame on</source>
            <translation>Ein Bild weiter</translation>
        </message>
        <message>
            <source>One second back</source>
            <translation>Eine Sekunde zurück</translation>
        </message>
        <message>
            <source>One second on</source>
            <translation>Eine Sekunde weiter</translation>
        </message>
        <message>
            <source>Play round and round</source>
            <translation>In Schleife abspielen</translation>
        </message>
        <message>
            <source>Shuttle &amp;backwards</source>
            <translation>Shuttle &amp;rückwärts</translation>
        </message>
        <message>
            <source>Shuttle &amp;forwards</source>
            <translation>Shuttle &amp;vorwärts</translation>
        </message>
        <message>
            <source>To where both begin</source>
            <translation>Dorthin, wo beide beginnen</translation>
        </message>
        <message>
            <source>To where both end</source>
            <translation>Dorthin, wo beide enden</translation>
        </message>
    </context>
    <context>
        <name>CurveView</name>
        <message>
            <source>Lag curve</source>
            <translation>Versatzkurve</translation>
        </message>
    </context>
    <context>
        <name>Deciding</name>
        <message>
            <source>&amp;Accept</source>
            <translation>&amp;Annehmen</translation>
        </message>
        <message>
            <source>Accept {clips}</source>
            <translation>{clips} annehmen</translation>
        </message>
        <message>
            <source>Exclude {clips}</source>
            <translation>{clips} ausschließen</translation>
        </message>
        <message>
            <source>It has no place yet: nudge it, set marks or a timecode first.</source>
            <translation>Noch ohne Lage: Verschieben Sie ihn, setzen Sie Marken oder einen Timecode.</translation>
        </message>
        <message>
            <source>Lock {clips}</source>
            <translation>{clips} sperren</translation>
        </message>
        <message>
            <source>Mark the same moment first: I in the master, O in the clip in hand.</source>
            <translation>Markieren Sie zuerst denselben Moment: I im Master, O im Clip.</translation>
        </message>
        <message>
            <source>Nudge {clip} by {far}</source>
            <translation>{clip} um {far} verschieben</translation>
        </message>
        <message>
            <source>Place {clips} against {master}</source>
            <translation>{clips} gegen {master} legen</translation>
        </message>
        <message>
            <source>Set by &amp;marks</source>
            <translation>Nach &amp;Marken setzen</translation>
        </message>
        <message>
            <source>Set by &amp;timecode…</source>
            <translation>Nach &amp;Timecode setzen…</translation>
        </message>
        <message>
            <source>Take another place for {clip}</source>
            <translation>Eine andere Lage für {clip} nehmen</translation>
        </message>
        <message>
            <source>Take back {clips}</source>
            <translation>{clips} zurücknehmen</translation>
        </message>
        <message>
            <source>The clip is right where it is, or where you have just moved it</source>
            <translation>Der Clip liegt richtig, oder dort, wohin Sie ihn eben verschoben haben</translation>
        </message>
        <message>
            <source>The moments marked in the master (I) and in the clip in hand (O) are one</source>
            <translation>Die im Master (I) und im Clip (O) markierten Momente sind derselbe</translation>
        </message>
        <message>
            <source>Type where the clip lies</source>
            <translation>Eintippen, wo der Clip liegt</translation>
        </message>
        <message>
            <source>{clips} overlaps nothing</source>
            <translation>{clips} überlappt mit nichts</translation>
        </message>
        <message>
            <source>{clip} is locked: unlock it first.</source>
            <translation>{clip} ist gesperrt: Entsperren Sie ihn zuerst.</translation>
        </message>
    </context>
    <context>
        <name>DetailsPanel</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Choose a clip to see where it lies and why.</source>
            <translation>Wählen Sie einen Clip, um zu sehen, wo er liegt und warum.</translation>
        </message>
        <message>
            <source>Clock steps</source>
            <translation>Uhrensprünge</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Drift</source>
            <translation>Drift</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Belege</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Media</source>
            <translation>Medien</translation>
        </message>
        <message>
            <source>No clip chosen</source>
            <translation>Kein Clip gewählt</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Anmerkungen</translation>
        </message>
        <message>
            <source>Own sound</source>
            <translation>Eigenton</translation>
        </message>
        <message>
            <source>Placed at</source>
            <translation>Liegt bei</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Reel</source>
            <translation>Rolle</translation>
        </message>
        <message>
            <source>Start timecode</source>
            <translation>Start-Timecode</translation>
        </message>
    </context>
    <context>
        <name>Document</name>
        <message>
            <source>1 folder or file added</source>
            <translation>1 Ordner oder Datei hinzugefügt</translation>
        </message>
        <message>
            <source>No project is open.</source>
            <translation>Kein Projekt ist offen.</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>{count} folders and files added</source>
            <translation>{count} Ordner und Dateien hinzugefügt</translation>
        </message>
    </context>
    <context>
        <name>DropPage</name>
        <message>
            <source>Add folders…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Drop folders of rushes here</source>
            <translation>Ordner mit Mustern hierher ziehen</translation>
        </message>
        <message>
            <source>Nothing is ever written beside your media.</source>
            <translation>Neben Ihre Medien wird niemals etwas geschrieben.</translation>
        </message>
        <message>
            <source>One folder for each camera or sound recorder works best.</source>
            <translation>Am besten ein Ordner für jede Kamera und jeden Tonrekorder.</translation>
        </message>
        <message>
            <source>Open project…</source>
            <translation>Projekt öffnen…</translation>
        </message>
        <message>
            <source>Recent projects</source>
            <translation>Zuletzt geöffnete Projekte</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Formats</source>
            <translation>Formate</translation>
        </message>
        <message>
            <source>Nothing that these formats can say.</source>
            <translation>Nichts, was diese Formate sagen können.</translation>
        </message>
        <message>
            <source>What is not carried</source>
            <translation>Was nicht mitgeht</translation>
        </message>
        <message>
            <source>What is not carried of this shoot:</source>
            <translation>Was von diesem Dreh nicht mitgeht:</translation>
        </message>
        <message>
            <source>whole clips</source>
            <translation>ganze Clips</translation>
        </message>
    </context>
    <context>
        <name>FindingsBanner</name>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Dismiss findings</source>
            <translation>Befunde schließen</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Befunde</translation>
        </message>
    </context>
    <context>
        <name>Flows</name>
        <message>
            <source>1 media file is not where it was.</source>
            <translation>1 Mediendatei liegt nicht mehr an ihrem Ort.</translation>
        </message>
        <message>
            <source>Add folders of rushes first.</source>
            <translation>Fügen Sie zuerst Ordner mit Mustern hinzu.</translation>
        </message>
        <message>
            <source>All media are where they were.</source>
            <translation>Alle Medien liegen an ihrem Ort.</translation>
        </message>
        <message>
            <source>Every change is saved already.</source>
            <translation>Jede Änderung ist schon gespeichert.</translation>
        </message>
        <message>
            <source>Everything up to the last change is in it.</source>
            <translation>Alles bis zur letzten Änderung ist darin.</translation>
        </message>
        <message>
            <source>Exporting</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Looking at media</source>
            <translation>Medien ansehen</translation>
        </message>
        <message>
            <source>Media found in their new place.</source>
            <translation>Medien am neuen Ort gefunden.</translation>
        </message>
        <message>
            <source>Open project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Preferences cannot be kept: {why}</source>
            <translation>Einstellungen können nicht aufbewahrt werden: {why}</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Einlesen</translation>
        </message>
        <message>
            <source>Relinking</source>
            <translation>Neu verknüpfen</translation>
        </message>
        <message>
            <source>Rushlock did not close properly. Recover the project that had no name yet?</source>
            <translation>Rushlock wurde nicht ordentlich beendet. Das noch namenlose Projekt wiederherstellen?</translation>
        </message>
        <message>
            <source>Rushlock projects (*{suffix})</source>
            <translation>Rushlock-Projekte (*{suffix})</translation>
        </message>
        <message>
            <source>Save project</source>
            <translation>Projekt speichern</translation>
        </message>
        <message>
            <source>Save this project?</source>
            <translation>Dieses Projekt speichern?</translation>
        </message>
        <message>
            <source>Saved as {name}.</source>
            <translation>Gespeichert als {name}.</translation>
        </message>
        <message>
            <source>Show the folder or drive where they are now; renamed files are found by their content.</source>
            <translation>Zeigen Sie den Ordner oder das Laufwerk, wo sie jetzt sind; umbenannte Dateien werden an ihrem Inhalt erkannt.</translation>
        </message>
        <message>
            <source>Stop and close?</source>
            <translation>Anhalten und schließen?</translation>
        </message>
        <message>
            <source>Sync</source>
            <translation>Synchronisieren</translation>
        </message>
        <message>
            <source>That was added already.</source>
            <translation>Das wurde schon hinzugefügt.</translation>
        </message>
        <message>
            <source>Where the media are now</source>
            <translation>Wo die Medien jetzt sind</translation>
        </message>
        <message>
            <source>Without a name its sync and your decisions are lost; your media are not touched.</source>
            <translation>Ohne Namen gehen die Synchronisation und Ihre Entscheidungen verloren; Ihre Medien bleiben unberührt.</translation>
        </message>
        <message>
            <source>Work is still running. What was analysed so far is kept and need not be done again.</source>
            <translation>Es wird noch gearbeitet. Was bisher analysiert wurde, bleibt und muss nicht noch einmal getan werden.</translation>
        </message>
        <message>
            <source>{count} media files are not where they were.</source>
            <translation>{count} Mediendateien liegen nicht mehr an ihrem Ort.</translation>
        </message>
        <message>
            <source>{path} may only be read. Save it elsewhere, then sync.</source>
            <translation>{path} darf nur gelesen werden. Speichern Sie es anderswo, dann synchronisieren Sie.</translation>
        </message>
    </context>
    <context>
        <name>HeatmapView</name>
        <message>
            <source>Heatmap: master downwards, node to the right</source>
            <translation>Heatmap: Master nach unten, Node nach rechts</translation>
        </message>
    </context>
    <context>
        <name>JobsButton</name>
        <message>
            <source>Jobs</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>List of jobs</source>
            <translation>Liste der Aufträge</translation>
        </message>
        <message>
            <source>What ran, how it ended, and what to do about failures</source>
            <translation>Was lief, wie es endete, und was bei Fehlern zu tun ist</translation>
        </message>
    </context>
    <context>
        <name>JobsList</name>
        <message>
            <source>Jobs of this session</source>
            <translation>Aufträge dieser Sitzung</translation>
        </message>
        <message>
            <source>Nothing ran yet.</source>
            <translation>Noch lief nichts.</translation>
        </message>
    </context>
    <context>
        <name>JobsStrip</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancel the running job</source>
            <translation>Den laufenden Auftrag abbrechen</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Running job</source>
            <translation>Laufender Auftrag</translation>
        </message>
        <message>
            <source>Stop what runs (Esc)</source>
            <translation>Anhalten, was läuft (Esc)</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Wird angehalten…</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} von {total}</translation>
        </message>
        <message>
            <source>{hours} h {minutes:02} min left</source>
            <translation>noch {hours} h {minutes:02} min</translation>
        </message>
        <message>
            <source>{minutes} min left</source>
            <translation>noch {minutes} min</translation>
        </message>
        <message>
            <source>{seconds} s left</source>
            <translation>noch {seconds} s</translation>
        </message>
        <message>
            <source>{speed} a second</source>
            <translation>{speed} je Sekunde</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>&amp;Pair</source>
            <translation>&amp;Paar</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Review</source>
            <translation>P&amp;rüfung</translation>
        </message>
        <message>
            <source>&amp;Timeline</source>
            <translation>&amp;Timeline</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>Ca&amp;mera</source>
            <translation>&amp;Kamera</translation>
        </message>
        <message>
            <source>Clips</source>
            <translation>Clips</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Main</source>
            <translation>Haupt</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>Pla&amp;yer</source>
            <translation>&amp;Player</translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>Probleme</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>Viewer</source>
            <translation>Viewer</translation>
        </message>
    </context>
    <context>
        <name>MiniMap</name>
        <message>
            <source>Overview of the timeline</source>
            <translation>Überblick der Timeline</translation>
        </message>
        <message>
            <source>The whole shoot: drag the frame to pan, its sides to zoom</source>
            <translation>Der ganze Dreh: Rahmen ziehen verschiebt, seine Seiten zoomen</translation>
        </message>
    </context>
    <context>
        <name>ModelsDialog</name>
        <message>
            <source>&amp;Remove…</source>
            <translation>&amp;Entfernen…</translation>
        </message>
        <message>
            <source>&amp;Verify</source>
            <translation>&amp;Prüfen</translation>
        </message>
        <message>
            <source>Checking</source>
            <translation>Wird geprüft</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Compare the file with its checksum and its network</source>
            <translation>Die Datei mit ihrer Prüfsumme und ihrem Netz vergleichen</translation>
        </message>
        <message>
            <source>I&amp;mport a file…</source>
            <translation>Datei i&amp;mportieren…</translation>
        </message>
        <message>
            <source>Import weights</source>
            <translation>Gewichte importieren</translation>
        </message>
        <message>
            <source>Importing</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Installing</source>
            <translation>Wird installiert</translation>
        </message>
        <message>
            <source>It can be installed again at any time.</source>
            <translation>Es kann jederzeit wieder installiert werden.</translation>
        </message>
        <message>
            <source>Looking</source>
            <translation>Ansehen</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Remove {name}?</source>
            <translation>{name} entfernen?</translation>
        </message>
        <message>
            <source>Removing</source>
            <translation>Wird entfernt</translation>
        </message>
        <message>
            <source>Take weights from a .pt, .pth or .safetensors file, without a net</source>
            <translation>Gewichte aus einer .pt-, .pth- oder .safetensors-Datei nehmen, ohne Internet</translation>
        </message>
        <message>
            <source>Weights (*.pt *.pth *.safetensors)</source>
            <translation>Gewichte (*.pt *.pth *.safetensors)</translation>
        </message>
        <message>
            <source>{name} is installed: {proof}.</source>
            <translation>{name} ist installiert: {proof}.</translation>
        </message>
        <message>
            <source>{size} free again.</source>
            <translation>{size} wieder frei.</translation>
        </message>
    </context>
    <context>
        <name>ModelsView</name>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
    </context>
    <context>
        <name>MovesBanner</name>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Dismiss what moved along</source>
            <translation>Mitverschobenes schließen</translation>
        </message>
        <message>
            <source>List the clips that moved along</source>
            <translation>Die mitverschobenen Clips auflisten</translation>
        </message>
        <message>
            <source>What moved along</source>
            <translation>Was mitverschoben wurde</translation>
        </message>
        <message>
            <source>Which</source>
            <translation>Welche</translation>
        </message>
        <message>
            <source>and {clips} more</source>
            <translation>und {clips} weitere</translation>
        </message>
        <message>
            <source>{clips} found a place</source>
            <translation>{clips} fanden eine Lage</translation>
        </message>
        <message>
            <source>{clips} lost their place</source>
            <translation>{clips} verloren ihre Lage</translation>
        </message>
        <message>
            <source>{clips} moved with it</source>
            <translation>{clips} mitverschoben</translation>
        </message>
    </context>
    <context>
        <name>PairViews</name>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Back to where the clip is placed (Shift+B)</source>
            <translation>Zurück zur gesetzten Lage des Clips (Shift+B)</translation>
        </message>
        <message>
            <source>Beside the best place</source>
            <translation>Neben der besten Lage</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Lag</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <source>Loop check</source>
            <translation>Schleifenprüfung</translation>
        </message>
        <message>
            <source>Other cameras</source>
            <translation>Andere Kameras</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Lagen</translation>
        </message>
        <message>
            <source>Places of the pair</source>
            <translation>Lagen des Paars</translation>
        </message>
        <message>
            <source>Votes</source>
            <translation>Stimmen</translation>
        </message>
        <message>
            <source>What other cameras say of the lag</source>
            <translation>Was andere Kameras zu diesem Versatz sagen</translation>
        </message>
        <message>
            <source>What there is to see</source>
            <translation>Was zu sehen ist</translation>
        </message>
    </context>
    <context>
        <name>PlayerView</name>
        <message>
            <source>Beside each other</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Choose a clip to look at it beside the clip it is held against.</source>
            <translation>Wählen Sie einen Clip, um ihn neben seinem Vergleichsclip anzusehen.</translation>
        </message>
        <message>
            <source>Four cameras at this moment</source>
            <translation>Vier Kameras in diesem Moment</translation>
        </message>
        <message>
            <source>Hear both mixed</source>
            <translation>Beide gemischt hören</translation>
        </message>
        <message>
            <source>Hear nothing</source>
            <translation>Nichts hören</translation>
        </message>
        <message>
            <source>Hear the master only</source>
            <translation>Nur den Master hören</translation>
        </message>
        <message>
            <source>Hear the node only</source>
            <translation>Nur den Node hören</translation>
        </message>
        <message>
            <source>How far the node is from where it lies; Shift+R brings it back</source>
            <translation>Wie weit der Node von seiner Lage entfernt ist; Umschalt+R bringt ihn zurück</translation>
        </message>
        <message>
            <source>Lag</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <source>Lag {lag}</source>
            <translation>Versatz {lag}</translation>
        </message>
        <message>
            <source>M</source>
            <translation>M</translation>
        </message>
        <message>
            <source>M | N</source>
            <translation>M | N</translation>
        </message>
        <message>
            <source>M+N</source>
            <translation>M+N</translation>
        </message>
        <message>
            <source>Master in the left ear, node in the right</source>
            <translation>Master auf dem linken Ohr, Node auf dem rechten</translation>
        </message>
        <message>
            <source>Moved</source>
            <translation>Verschoben</translation>
        </message>
        <message>
            <source>N</source>
            <translation>N</translation>
        </message>
        <message>
            <source>Nine cameras at this moment</source>
            <translation>Neun Kameras in diesem Moment</translation>
        </message>
        <message>
            <source>Over each other, the node half transparent</source>
            <translation>Übereinander, der Node halb durchsichtig</translation>
        </message>
        <message>
            <source>The node's start minus the master's, in frames of the node</source>
            <translation>Beginn des Node minus Beginn des Masters, in Bildern des Node</translation>
        </message>
        <message>
            <source>Time on the shoot's clock</source>
            <translation>Zeit auf der Uhr des Drehs</translation>
        </message>
        <message>
            <source>Viewer</source>
            <translation>Viewer</translation>
        </message>
        <message>
            <source>Wipe: drag the edge</source>
            <translation>Wischblende: Kante ziehen</translation>
        </message>
        <message>
            <source>moved {gap}</source>
            <translation>um {gap} verschoben</translation>
        </message>
        <message>
            <source>no place yet</source>
            <translation>noch keine Lage</translation>
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>No preference matches.</source>
            <translation>Keine Einstellung passt.</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search preferences</source>
            <translation>Einstellungen durchsuchen</translation>
        </message>
        <message>
            <source>Search the preferences of all pages</source>
            <translation>Die Einstellungen aller Seiten durchsuchen</translation>
        </message>
        <message>
            <source>Set every option of runs to its default; the window keeps its look</source>
            <translation>Alle Optionen der Läufe auf ihren Standard setzen; das Fenster behält sein Aussehen</translation>
        </message>
        <message>
            <source>The cache folder must be given from its drive or root on.</source>
            <translation>Der Cache-Ordner muss vom Laufwerk oder der Wurzel an angegeben sein.</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
    </context>
    <context>
        <name>ProblemsView</name>
        <message>
            <source>Files that could not be used</source>
            <translation>Dateien, die nicht verwendet werden konnten</translation>
        </message>
    </context>
    <context>
        <name>Program</name>
        <message>
            <source>Everything up to the last change is in it, and what was analysed is kept. Open it?</source>
            <translation>Alles bis zur letzten Änderung ist darin, und was analysiert wurde, ist erhalten. Öffnen?</translation>
        </message>
        <message>
            <source>Nothing of it is lost.</source>
            <translation>Nichts davon ist verloren.</translation>
        </message>
        <message>
            <source>Rushlock did not close properly while “{project}” was open and “{job}” ran.</source>
            <translation>Rushlock wurde nicht ordentlich beendet, während „{project}“ offen war und „{job}“ lief.</translation>
        </message>
        <message>
            <source>Rushlock did not close properly while “{project}” was open.</source>
            <translation>Rushlock wurde nicht ordentlich beendet, während „{project}“ offen war.</translation>
        </message>
    </context>
    <context>
        <name>ReportDialog</name>
        <message>
            <source>Contents of the report</source>
            <translation>Inhalt des Berichts</translation>
        </message>
        <message>
            <source>Putting it together…</source>
            <translation>Wird zusammengestellt…</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Problem melden</translation>
        </message>
        <message>
            <source>Save report…</source>
            <translation>Bericht sichern…</translation>
        </message>
        <message>
            <source>Save what is shown as a zip</source>
            <translation>Das Gezeigte als Zip sichern</translation>
        </message>
        <message>
            <source>This is what will be in the report: no media, and no names of yours, of files, folders or cameras; each is replaced by a word and a number. Nothing is sent. Save the report, add in your own words what you did and what happened, and pass both on.</source>
            <translation>Das wird im Bericht stehen: keine Medien und keine Namen, weder Ihre noch die von Dateien, Ordnern oder Kameras; jeder ist durch ein Wort und eine Zahl ersetzt. Nichts wird verschickt. Sichern Sie den Bericht, schreiben Sie dazu, was Sie getan haben und was geschah, und geben Sie beides weiter.</translation>
        </message>
    </context>
    <context>
        <name>Reporting</name>
        <message>
            <source>Report saved as {name}.</source>
            <translation>Bericht gesichert als {name}.</translation>
        </message>
        <message>
            <source>Save report</source>
            <translation>Bericht sichern</translation>
        </message>
        <message>
            <source>Zip archives (*.zip)</source>
            <translation>Zip-Archive (*.zip)</translation>
        </message>
    </context>
    <context>
        <name>ReviewPart</name>
        <message>
            <source>Synced by an older Rushlock: sync once more, then neighbours follow your decisions.</source>
            <translation>Von einem älteren Rushlock synchronisiert: Synchronisieren Sie noch einmal, dann folgen Nachbarn Ihren Entscheidungen.</translation>
        </message>
    </context>
    <context>
        <name>ReviewView</name>
        <message>
            <source>After a sync, clips that need you are listed here, worst first.</source>
            <translation>Nach dem Synchronisieren stehen hier die Clips, die Sie brauchen, die schlimmsten zuerst.</translation>
        </message>
        <message>
            <source>Clips reviewed</source>
            <translation>Geprüfte Clips</translation>
        </message>
        <message>
            <source>Clips that need you, worst first</source>
            <translation>Clips, die Sie brauchen, die schlimmsten zuerst</translation>
        </message>
        <message>
            <source>Nothing needs you: {clips} placed with confidence.</source>
            <translation>Nichts braucht Sie: {clips} sicher gelegt.</translation>
        </message>
        <message>
            <source>Progress of the review</source>
            <translation>Fortschritt der Prüfung</translation>
        </message>
        <message>
            <source>{clip} moved by {far} against {master}: Return keeps it, Shift+R puts it back.</source>
            <translation>{clip} um {far} gegen {master} verschoben: Return behält es, Umschalt+R nimmt es zurück.</translation>
        </message>
        <message>
            <source>{clip} starts {far} after {master}: Return keeps it, Shift+R puts it back.</source>
            <translation>{clip} beginnt {far} nach {master}: Return behält es, Umschalt+R nimmt es zurück.</translation>
        </message>
        <message>
            <source>{done} of {total} reviewed</source>
            <translation>{done} von {total} geprüft</translation>
        </message>
    </context>
    <context>
        <name>Screen</name>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>light copy</source>
            <translation>leichte Kopie</translation>
        </message>
        <message>
            <source>over</source>
            <translation>vorbei</translation>
        </message>
    </context>
    <context>
        <name>ScrubBar</name>
        <message>
            <source>Drag to look elsewhere, turn the wheel to zoom</source>
            <translation>Ziehen, um anderswohin zu sehen; das Mausrad zoomt</translation>
        </message>
        <message>
            <source>Scrub bar</source>
            <translation>Suchleiste</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsSheet</name>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Commands and their keys</source>
            <translation>Befehle und ihre Tasten</translation>
        </message>
        <message>
            <source>Give every command its first keys back</source>
            <translation>Jedem Befehl seine ersten Tasten zurückgeben</translation>
        </message>
        <message>
            <source>Give the chosen command its first keys back</source>
            <translation>Dem gewählten Befehl seine ersten Tasten zurückgeben</translation>
        </message>
        <message>
            <source>Give the chosen command these keys</source>
            <translation>Dem gewählten Befehl diese Tasten geben</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>Neue Tasten</translation>
        </message>
        <message>
            <source>Press the new keys here</source>
            <translation>Drücken Sie hier die neuen Tasten</translation>
        </message>
        <message>
            <source>Print the sheet, or save it as PDF</source>
            <translation>Das Blatt drucken oder als PDF sichern</translation>
        </message>
        <message>
            <source>Print…</source>
            <translation>Drucken…</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alle zurücksetzen</translation>
        </message>
        <message>
            <source>Search by words or keys</source>
            <translation>Nach Wörtern oder Tasten suchen</translation>
        </message>
        <message>
            <source>Search shortcuts</source>
            <translation>Tastenkürzel durchsuchen</translation>
        </message>
        <message>
            <source>Show only commands with these words or keys</source>
            <translation>Nur Befehle mit diesen Wörtern oder Tasten zeigen</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>{keys} belongs to “{command}” and would be taken from it.</source>
            <translation>{keys} gehört zu „{command}“ und würde ihm genommen.</translation>
        </message>
    </context>
    <context>
        <name>StandingChips</name>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Show only: {what}</source>
            <translation>Nur zeigen: {what}</translation>
        </message>
    </context>
    <context>
        <name>TimecodeDialog</name>
        <message>
            <source>It starts at</source>
            <translation>Er beginnt bei</translation>
        </message>
        <message>
            <source>It would start at {place}</source>
            <translation>Er würde bei {place} beginnen</translation>
        </message>
        <message>
            <source>Its timecode</source>
            <translation>Sein Timecode</translation>
        </message>
        <message>
            <source>Set by timecode: {clip}</source>
            <translation>Nach Timecode setzen: {clip}</translation>
        </message>
        <message>
            <source>Start on the shoot's clock</source>
            <translation>Beginn auf der Uhr des Drehs</translation>
        </message>
        <message>
            <source>The other clip has no place yet</source>
            <translation>Der andere Clip hat noch keine Lage</translation>
        </message>
        <message>
            <source>The two begin a group of their own.</source>
            <translation>Die beiden beginnen eine eigene Gruppe.</translation>
        </message>
        <message>
            <source>Timecode in the clip</source>
            <translation>Timecode im Clip</translation>
        </message>
        <message>
            <source>Timecode in the clip it is held against</source>
            <translation>Timecode im Vergleichsclip</translation>
        </message>
        <message>
            <source>Write 10:00:00:00, or 10:00:00;00 for drop-frame</source>
            <translation>Schreiben Sie 10:00:00:00, oder 10:00:00;00 für Drop-Frame</translation>
        </message>
        <message>
            <source>equals {clip}'s</source>
            <translation>gleicht dem von {clip}</translation>
        </message>
        <message>
            <source>on the shoot's clock, {rate} fps</source>
            <translation>auf der Uhr des Drehs, {rate} fps</translation>
        </message>
        <message>
            <source>{far} earlier than it is</source>
            <translation>{far} früher als jetzt</translation>
        </message>
        <message>
            <source>{far} from where it is</source>
            <translation>{far} von seiner Lage</translation>
        </message>
        <message>
            <source>{far} later than it is</source>
            <translation>{far} später als jetzt</translation>
        </message>
    </context>
    <context>
        <name>TimelineComparison</name>
        <message>
            <source>Compare with a timeline</source>
            <translation>Mit einer Timeline vergleichen</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Exporting</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Reports (*.html)</source>
            <translation>Berichte (*.html)</translation>
        </message>
        <message>
            <source>Timelines ({suffixes})</source>
            <translation>Timelines ({suffixes})</translation>
        </message>
        <message>
            <source>Write report</source>
            <translation>Bericht schreiben</translation>
        </message>
    </context>
    <context>
        <name>TimelineDoing</name>
        <message>
            <source>&amp;All lanes</source>
            <translation>&amp;Alle Spuren</translation>
        </message>
        <message>
            <source>&amp;Choose its clips</source>
            <translation>Ihre Clips &amp;auswählen</translation>
        </message>
        <message>
            <source>&amp;Next clip end</source>
            <translation>&amp;Nächste Clipgrenze</translation>
        </message>
        <message>
            <source>&amp;Previous clip end</source>
            <translation>&amp;Vorige Clipgrenze</translation>
        </message>
        <message>
            <source>&amp;Shorter lanes</source>
            <translation>&amp;Flachere Spuren</translation>
        </message>
        <message>
            <source>&amp;Small</source>
            <translation>&amp;Klein</translation>
        </message>
        <message>
            <source>&amp;Taller lanes</source>
            <translation>&amp;Höhere Spuren</translation>
        </message>
        <message>
            <source>More cameras in view</source>
            <translation>Mehr Kameras im Bild</translation>
        </message>
        <message>
            <source>Playhead to the end of a clip after it</source>
            <translation>Abspielkopf zur nächsten Clipgrenze</translation>
        </message>
        <message>
            <source>Playhead to the end of a clip before it</source>
            <translation>Abspielkopf zur vorigen Clipgrenze</translation>
        </message>
        <message>
            <source>Room for waveforms, then for pictures</source>
            <translation>Platz für Wellenformen, dann für Bilder</translation>
        </message>
        <message>
            <source>Show just the chosen clips</source>
            <translation>Nur die gewählten Clips zeigen</translation>
        </message>
        <message>
            <source>With &amp;pictures</source>
            <translation>Mit &amp;Bildern</translation>
        </message>
        <message>
            <source>With &amp;waveform</source>
            <translation>Mit &amp;Wellenform</translation>
        </message>
        <message>
            <source>Zoom to &amp;chosen clips</source>
            <translation>Auf gewählte Clips &amp;zoomen</translation>
        </message>
    </context>
    <context>
        <name>TimelineImport</name>
        <message>
            <source>Import timeline</source>
            <translation>Timeline importieren</translation>
        </message>
        <message>
            <source>Importing</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Show the folder or drive where they are now; they are known by name, timecode, length.</source>
            <translation>Zeigen Sie den Ordner oder das Laufwerk, wo sie jetzt sind; erkannt werden sie an Name, Timecode und Länge.</translation>
        </message>
        <message>
            <source>Timelines ({suffixes})</source>
            <translation>Timelines ({suffixes})</translation>
        </message>
        <message>
            <source>Where the media are now</source>
            <translation>Wo die Medien jetzt sind</translation>
        </message>
        <message>
            <source>{count} media of {name} are not where it says.</source>
            <translation>{count} Medien von {name} liegen nicht, wo sie sagt.</translation>
        </message>
        <message>
            <source>{count} media of {name} were not found; the others are added.</source>
            <translation>{count} Medien von {name} wurden nicht gefunden; die anderen sind hinzugefügt.</translation>
        </message>
    </context>
    <context>
        <name>TimelineView</name>
        <message>
            <source>Click: choose the camera's clips. Arrow or lower edge: waveform, pictures</source>
            <translation>Klick: die Clips der Kamera wählen. Pfeil oder Unterkante: Wellenform, Bilder</translation>
        </message>
        <message>
            <source>Drag: the playhead, which stops at ends of clips (Shift: it does not)</source>
            <translation>Ziehen: der Abspielkopf, der an Clipgrenzen hält (Umschalt: nicht)</translation>
        </message>
        <message>
            <source>Nothing is placed yet. Press Sync to find where every clip lies.</source>
            <translation>Noch liegt nichts. Drücken Sie Synchronisieren, um zu finden, wo jeder Clip liegt.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
    </context>
    <context>
        <name>VotesView</name>
        <message>
            <source>Together</source>
            <translation>Gemeinsam</translation>
        </message>
        <message>
            <source>Votes of all methods</source>
            <translation>Stimmen aller Verfahren</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>nicht gezählt</translation>
        </message>
        <message>
            <source>nowhere {none}</source>
            <translation>nirgends {none}</translation>
        </message>
        <message>
            <source>weight {weight}</source>
            <translation>Gewicht {weight}</translation>
        </message>
    </context>
    <context>
        <name>Walking</name>
        <message>
            <source>&amp;Next in doubt</source>
            <translation>&amp;Nächster Zweifelsfall</translation>
        </message>
        <message>
            <source>&amp;Previous in doubt</source>
            <translation>&amp;Voriger Zweifelsfall</translation>
        </message>
        <message>
            <source>Go to the clip before that needs you</source>
            <translation>Zum vorigen Clip, der Sie braucht</translation>
        </message>
        <message>
            <source>Go to the next clip that needs you</source>
            <translation>Zum nächsten Clip, der Sie braucht</translation>
        </message>
    </context>
    <context>
        <name>WavesView</name>
        <message>
            <source>No sound: {names}</source>
            <translation>Ohne Ton: {names}</translation>
        </message>
        <message>
            <source>Sound is being drawn…</source>
            <translation>Ton wird gezeichnet…</translation>
        </message>
        <message>
            <source>Waveforms of both clips at the lag</source>
            <translation>Wellenformen beider Clips bei diesem Versatz</translation>
        </message>
    </context>
    <context>
        <name>amount</name>
        <message>
            <source>1 clip</source>
            <translation>1 Clip</translation>
        </message>
        <message>
            <source>{count} clips</source>
            <translation>{count} Clips</translation>
        </message>
        <message>
            <source>{count} frame</source>
            <translation>{count} Bild</translation>
        </message>
        <message>
            <source>{count} frames</source>
            <translation>{count} Bilder</translation>
        </message>
        <message>
            <source>{files} files: {used} in {clips}, {unreadable} unreadable</source>
            <translation>{files} Dateien: {used} in {clips}, {unreadable} unlesbar</translation>
        </message>
    </context>
    <context>
        <name>asking</name>
        <message>
            <source>Add files</source>
            <translation>Dateien hinzufügen</translation>
        </message>
        <message>
            <source>Add folders of rushes</source>
            <translation>Ordner mit Mustern hinzufügen</translation>
        </message>
        <message>
            <source>Export timeline</source>
            <translation>Timeline exportieren</translation>
        </message>
        <message>
            <source>Folder to export into</source>
            <translation>Ordner für den Export</translation>
        </message>
    </context>
    <context>
        <name>bin</name>
        <message>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Drift</source>
            <translation>Drift</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>F2 gives it another name; drag clips here to give them to this camera.</source>
            <translation>F2 gibt ihr einen anderen Namen; ziehen Sie Clips hierher, um sie dieser Kamera zu geben.</translation>
        </message>
        <message>
            <source>Media</source>
            <translation>Medien</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>One recording in {count} files:</source>
            <translation>Eine Aufnahme in {count} Dateien:</translation>
        </message>
        <message>
            <source>Own sound</source>
            <translation>Eigenton</translation>
        </message>
        <message>
            <source>Placed at</source>
            <translation>Liegt bei</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>Rate</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Begründung</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Start TC</source>
            <translation>Start-TC</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>The master: clocks run straight against it.</source>
            <translation>Der Master: Uhren laufen gerade gegen ihn.</translation>
        </message>
        <message>
            <source>master</source>
            <translation>Master</translation>
        </message>
        <message>
            <source>{count} to review</source>
            <translation>{count} zu prüfen</translation>
        </message>
        <message>
            <source>{name} ({count} parts)</source>
            <translation>{name} ({count} Teile)</translation>
        </message>
    </context>
    <context>
        <name>compare</name>
        <message>
            <source>A likely place: {lag}, {chance}{methods}.</source>
            <translation>Eine wahrscheinliche Lage: {lag}, {chance}{methods}.</translation>
        </message>
        <message>
            <source>All {count} other cameras that tell agree with this lag.</source>
            <translation>Alle {count} anderen Kameras, die etwas sagen, stimmen diesem Versatz zu.</translation>
        </message>
        <message>
            <source>Compared by {used}.</source>
            <translation>Verglichen mit: {used}.</translation>
        </message>
        <message>
            <source>Diagonals</source>
            <translation>Diagonalen</translation>
        </message>
        <message>
            <source>Free path</source>
            <translation>Freier Weg</translation>
        </message>
        <message>
            <source>It fits nearly as well {gap} away: what is there repeats.</source>
            <translation>Es passt {gap} entfernt fast ebenso gut: Was dort ist, wiederholt sich.</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <source>No other camera tells of this pair.</source>
            <translation>Keine andere Kamera sagt etwas über dieses Paar.</translation>
        </message>
        <message>
            <source>None of the {count} other cameras that tell agrees with this lag.</source>
            <translation>Keine der {count} anderen Kameras, die etwas sagen, stimmt diesem Versatz zu.</translation>
        </message>
        <message>
            <source>Nothing heard or seen together: no lag stands out from chance.</source>
            <translation>Nichts gemeinsam gehört oder gesehen: Kein Versatz hebt sich vom Zufall ab.</translation>
        </message>
        <message>
            <source>Nothing heard together: no lag stands out from chance.</source>
            <translation>Nichts gemeinsam gehört: Kein Versatz hebt sich vom Zufall ab.</translation>
        </message>
        <message>
            <source>Nothing seen together: no lag stands out from chance.</source>
            <translation>Nichts gemeinsam gesehen: Kein Versatz hebt sich vom Zufall ab.</translation>
        </message>
        <message>
            <source>One place stands out: {lag}, {chance}{methods}.</source>
            <translation>Eine Lage sticht heraus: {lag}, {chance}{methods}.</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Row votes</source>
            <translation>Stimmen der Zeilen</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Sound and picture</source>
            <translation>Ton und Bild</translation>
        </message>
        <message>
            <source>There is nothing to compare these two by.</source>
            <translation>Es gibt nichts, woran die beiden zu vergleichen wären.</translation>
        </message>
        <message>
            <source>Two equally good places, {gap} apart.</source>
            <translation>Zwei gleich gute Lagen, {gap} auseinander.</translation>
        </message>
        <message>
            <source>at {what}</source>
            <translation>{what}</translation>
        </message>
        <message>
            <source>both</source>
            <translation>beide</translation>
        </message>
        <message>
            <source>by chance</source>
            <translation>durch Zufall</translation>
        </message>
        <message>
            <source>by {method}</source>
            <translation>durch {method}</translation>
        </message>
        <message>
            <source>hardly heard</source>
            <translation>kaum gehört</translation>
        </message>
        <message>
            <source>heard clearly</source>
            <translation>deutlich gehört</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>the best place</source>
            <translation>die beste Lage</translation>
        </message>
        <message>
            <source>there is nothing</source>
            <translation>da ist nichts</translation>
        </message>
        <message>
            <source>where it is placed</source>
            <translation>wo er liegt</translation>
        </message>
        <message>
            <source>{agreeing} of {count} other cameras agree with this lag; {others} not.</source>
            <translation>{agreeing} von {count} anderen Kameras stimmen diesem Versatz zu; {others} nicht.</translation>
        </message>
        <message>
            <source>{count} equally good places: what is there repeats.</source>
            <translation>{count} gleich gute Lagen: Was dort ist, wiederholt sich.</translation>
        </message>
        <message>
            <source>{gap} earlier than {what}</source>
            <translation>{gap} früher als {what}</translation>
        </message>
        <message>
            <source>{gap} later than {what}</source>
            <translation>{gap} später als {what}</translation>
        </message>
        <message>
            <source>{modality} cannot be compared: {why}.</source>
            <translation>{modality} kann nicht verglichen werden: {why}.</translation>
        </message>
        <message>
            <source>{name} agrees with this lag.</source>
            <translation>{name} stimmt diesem Versatz zu.</translation>
        </message>
        <message>
            <source>{name} puts the pair elsewhere.</source>
            <translation>{name} legt das Paar anderswohin.</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{some} and {last} agree</source>
            <translation>{some} und {last} stimmen überein</translation>
        </message>
        <message>
            <source>{why}; compared by {used}.</source>
            <translation>{why}; verglichen mit: {used}.</translation>
        </message>
    </context>
    <context>
        <name>comparison</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Verglichen</translation>
        </message>
        <message>
            <source>Elsewhere</source>
            <translation>Anderswo</translation>
        </message>
        <message>
            <source>Frames</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Weggelassen</translation>
        </message>
        <message>
            <source>No place here</source>
            <translation>Keine Lage hier</translation>
        </message>
        <message>
            <source>Nothing to compare with</source>
            <translation>Nichts zum Vergleichen</translation>
        </message>
        <message>
            <source>Only here</source>
            <translation>Nur hier</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Within a frame</source>
            <translation>Innerhalb eines Bildes</translation>
        </message>
    </context>
    <context>
        <name>evidence</name>
        <message>
            <source>Chance</source>
            <translation>Chance</translation>
        </message>
        <message>
            <source>Off by</source>
            <translation>Abweichung</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>What it says</source>
            <translation>Was er sagt</translation>
        </message>
        <message>
            <source>contradicts, thrown out</source>
            <translation>widerspricht, verworfen</translation>
        </message>
        <message>
            <source>used</source>
            <translation>verwendet</translation>
        </message>
    </context>
    <context>
        <name>exported</name>
        <message>
            <source>Exported</source>
            <translation>Exportiert</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
    </context>
    <context>
        <name>failure</name>
        <message>
            <source>Something went wrong that should not: this is a fault in Rushlock.</source>
            <translation>Etwas ging schief, was nicht schiefgehen darf: Das ist ein Fehler in Rushlock.</translation>
        </message>
        <message>
            <source>Your project is saved up to the last change. The details are in {folder}.</source>
            <translation>Ihr Projekt ist bis zur letzten Änderung gespeichert. Die Einzelheiten stehen in {folder}.</translation>
        </message>
    </context>
    <context>
        <name>jobs</name>
        <message>
            <source>Began</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>Job</source>
            <translation>Auftrag</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Dauerte</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>stopped by you; what was done is kept</source>
            <translation>von Ihnen angehalten; was getan ist, bleibt</translation>
        </message>
        <message>
            <source>{hours} h {minutes:02} min</source>
            <translation>{hours} h {minutes:02} min</translation>
        </message>
        <message>
            <source>{minutes} min {seconds:02} s</source>
            <translation>{minutes} min {seconds:02} s</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
    </context>
    <context>
        <name>language</name>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Shows at the next start.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
    </context>
    <context>
        <name>media</name>
        <message>
            <source>picture only</source>
            <translation>nur Bild</translation>
        </message>
        <message>
            <source>picture, sound</source>
            <translation>Bild, Ton</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>{channels} ch · {rate} kHz</source>
            <translation>{channels} K · {rate} kHz</translation>
        </message>
        <message>
            <source>{rate} fps</source>
            <translation>{rate} fps</translation>
        </message>
    </context>
    <context>
        <name>models</name>
        <message>
            <source>&amp;Install</source>
            <translation>&amp;Installieren</translation>
        </message>
        <message>
            <source>&amp;Install again</source>
            <translation>Erneut &amp;installieren</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Checksum</source>
            <translation>Prüfsumme</translation>
        </message>
        <message>
            <source>Comes with Rushlock</source>
            <translation>Wird mit Rushlock geliefert</translation>
        </message>
        <message>
            <source>Damaged</source>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>Hier</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Installiert</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Looking</source>
            <translation>Ansehen</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>None is published: a download can only be checked for completeness.</source>
            <translation>Keine veröffentlicht: Ein Download kann nur auf Vollständigkeit geprüft werden.</translation>
        </message>
        <message>
            <source>Not installed</source>
            <translation>Nicht installiert</translation>
        </message>
        <message>
            <source>Partly fetched</source>
            <translation>Teilweise geladen</translation>
        </message>
        <message>
            <source>Removing</source>
            <translation>Wird entfernt</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>likeness</source>
            <translation>Ähnlichkeit</translation>
        </message>
        <message>
            <source>offsets</source>
            <translation>Versätze</translation>
        </message>
        <message>
            <source>offsets, by picture alone</source>
            <translation>Versätze, nach Bild allein</translation>
        </message>
        <message>
            <source>same moment or not</source>
            <translation>derselbe Moment oder nicht</translation>
        </message>
        <message>
            <source>{algorithm} {digits}…, no more is published: tells damage, proves nothing</source>
            <translation>{algorithm} {digits}…, mehr ist nicht veröffentlicht: zeigt Schäden, beweist nichts</translation>
        </message>
        <message>
            <source>{algorithm} {digits}…, published in full</source>
            <translation>{algorithm} {digits}…, vollständig veröffentlicht</translation>
        </message>
        <message>
            <source>{size} fetched; Resume goes on from there</source>
            <translation>{size} geladen; Fortsetzen macht dort weiter</translation>
        </message>
    </context>
    <context>
        <name>moves</name>
        <message>
            <source>no place any more</source>
            <translation>keine Lage mehr</translation>
        </message>
    </context>
    <context>
        <name>own sound</name>
        <message>
            <source>{said} · its picture belongs {gap} from where its sound lies</source>
            <translation>{said} · sein Bild gehört {gap} neben seinen Ton</translation>
        </message>
    </context>
    <context>
        <name>palette</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
    </context>
    <context>
        <name>place</name>
        <message>
            <source>(group {number})</source>
            <translation>(Gruppe {number})</translation>
        </message>
        <message>
            <source>Group {number}</source>
            <translation>Gruppe {number}</translation>
        </message>
        <message>
            <source>day {number}</source>
            <translation>Tag {number}</translation>
        </message>
        <message>
            <source>the day after</source>
            <translation>am Tag danach</translation>
        </message>
        <message>
            <source>the day before</source>
            <translation>am Tag davor</translation>
        </message>
    </context>
    <context>
        <name>places</name>
        <message>
            <source>Calibrated chance of being right, all methods together</source>
            <translation>Kalibrierte Wahrscheinlichkeit, dass es stimmt, alle Verfahren zusammen</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Chance</translation>
        </message>
        <message>
            <source>From here</source>
            <translation>Von hier</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>Höhe</translation>
        </message>
        <message>
            <source>Height above the best place elsewhere</source>
            <translation>Höhe über der besten Lage anderswo</translation>
        </message>
        <message>
            <source>Height of the lag curve, in units of what chance reaches</source>
            <translation>Höhe der Versatzkurve, in Einheiten dessen, was der Zufall erreicht</translation>
        </message>
        <message>
            <source>How far it is from the lag you look at</source>
            <translation>Wie weit es von dem Versatz entfernt ist, den Sie ansehen</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Taste</translation>
        </message>
        <message>
            <source>Lag</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <source>Margin</source>
            <translation>Abstand</translation>
        </message>
        <message>
            <source>Place {number}</source>
            <translation>Lage {number}</translation>
        </message>
        <message>
            <source>Press this key to look at the place</source>
            <translation>Diese Taste zeigt die Lage</translation>
        </message>
        <message>
            <source>The node's start after the master's start</source>
            <translation>Beginn des Node nach dem Beginn des Masters</translation>
        </message>
        <message>
            <source>here</source>
            <translation>hier</translation>
        </message>
    </context>
    <context>
        <name>player</name>
        <message>
            <source>No sound device was found: pictures only.</source>
            <translation>Kein Tongerät gefunden: nur Bilder.</translation>
        </message>
        <message>
            <source>not begun yet</source>
            <translation>noch nicht begonnen</translation>
        </message>
        <message>
            <source>over</source>
            <translation>vorbei</translation>
        </message>
        <message>
            <source>sound only</source>
            <translation>nur Ton</translation>
        </message>
        <message>
            <source>{name} decodes at {reached} of {wanted} frames a second: making a light copy</source>
            <translation>{name} dekodiert {reached} von {wanted} Bildern je Sekunde: Eine leichte Kopie wird gemacht</translation>
        </message>
    </context>
    <context>
        <name>problems</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>Was zu tun ist</translation>
        </message>
        <message>
            <source>Why it was left out</source>
            <translation>Warum sie weggelassen wurde</translation>
        </message>
    </context>
    <context>
        <name>reason</name>
        <message>
            <source>you left it out</source>
            <translation>von Ihnen weggelassen</translation>
        </message>
    </context>
    <context>
        <name>remedy</name>
        <message>
            <source>A fault in Rushlock: what was done so far is kept. Try again, and report it.</source>
            <translation>Ein Fehler in Rushlock: Was bisher getan wurde, bleibt erhalten. Versuchen Sie es noch einmal und melden Sie ihn.</translation>
        </message>
        <message>
            <source>Add its proxies instead.</source>
            <translation>Fügen Sie stattdessen die Proxys hinzu.</translation>
        </message>
        <message>
            <source>Close other programs or set fewer workers, then sync again: what is done stays.</source>
            <translation>Schließen Sie andere Programme oder stellen Sie weniger Prozesse ein und synchronisieren Sie erneut: Was getan ist, bleibt.</translation>
        </message>
        <message>
            <source>Copy it again from the card, then sync again.</source>
            <translation>Kopieren Sie sie noch einmal von der Karte und synchronisieren Sie erneut.</translation>
        </message>
        <message>
            <source>Copy it again from the card; if it is so there too, have it repaired.</source>
            <translation>Kopieren Sie sie noch einmal von der Karte; ist sie dort ebenso, lassen Sie sie reparieren.</translation>
        </message>
        <message>
            <source>If it plays elsewhere, convert it to ProRes or H.264 and add that.</source>
            <translation>Spielt sie anderswo, wandeln Sie sie in ProRes oder H.264 und fügen Sie das hinzu.</translation>
        </message>
        <message>
            <source>Look whether its drive is there.</source>
            <translation>Sehen Sie nach, ob das Laufwerk da ist.</translation>
        </message>
        <message>
            <source>Look whether you may read it.</source>
            <translation>Sehen Sie nach, ob Sie sie lesen dürfen.</translation>
        </message>
        <message>
            <source>Nothing: it is there already.</source>
            <translation>Nichts: Es ist schon da.</translation>
        </message>
        <message>
            <source>Open Sync &gt; Models to install or repair it, or sync without it.</source>
            <translation>Öffnen Sie Synchronisieren &gt; Modelle, um es zu installieren oder zu reparieren, oder synchronisieren Sie ohne es.</translation>
        </message>
        <message>
            <source>Wait until it is copied, then sync again.</source>
            <translation>Warten Sie, bis sie kopiert ist, und synchronisieren Sie erneut.</translation>
        </message>
    </context>
    <context>
        <name>review</name>
        <message>
            <source>: overlaps nothing</source>
            <translation>: überlappt mit nichts</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Chance</translation>
        </message>
        <message>
            <source>Chance that the clip lies right within one frame</source>
            <translation>Wahrscheinlichkeit, dass der Clip auf ein Bild genau richtig liegt</translation>
        </message>
        <message>
            <source>Clip</source>
            <translation>Clip</translation>
        </message>
        <message>
            <source>Clips whose strongest evidence this one is: they go where it goes</source>
            <translation>Clips, deren stärkster Beleg dieser ist: Sie gehen mit ihm</translation>
        </message>
        <message>
            <source>Depend</source>
            <translation>Daran</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Lage</translation>
        </message>
        <message>
            <source>The clip's camera</source>
            <translation>Die Kamera des Clips</translation>
        </message>
        <message>
            <source>What speaks against its place, or why it is in doubt</source>
            <translation>Was gegen seine Lage spricht, oder warum sie zweifelhaft ist</translation>
        </message>
        <message>
            <source>Where the clip would lie</source>
            <translation>Wo der Clip läge</translation>
        </message>
        <message>
            <source>Why it needs you</source>
            <translation>Warum er Sie braucht</translation>
        </message>
        <message>
            <source>Worst first: contradicted clips, then chance of being wrong times what hangs on it</source>
            <translation>Die schlimmsten zuerst: Clips mit Widerspruch, dann Fehlerwahrscheinlichkeit mal dem, was daran hängt</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>Cache folder</source>
            <translation>Cache-Ordner</translation>
        </message>
        <message>
            <source>Check own sound</source>
            <translation>Eigenton prüfen</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Ordner wählen</translation>
        </message>
        <message>
            <source>Compare by a network</source>
            <translation>Mit einem Netz vergleichen</translation>
        </message>
        <message>
            <source>Computer and cache</source>
            <translation>Rechner und Cache</translation>
        </message>
        <message>
            <source>Decode pictures by</source>
            <translation>Bilder dekodieren durch</translation>
        </message>
        <message>
            <source>Follow a clip every</source>
            <translation>Clip verfolgen alle</translation>
        </message>
        <message>
            <source>For review from</source>
            <translation>Zu prüfen ab</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>Bildrate</translation>
        </message>
        <message>
            <source>Largest cache</source>
            <translation>Größter Cache</translation>
        </message>
        <message>
            <source>Largest drift</source>
            <translation>Größte Drift</translation>
        </message>
        <message>
            <source>Looks judged together</source>
            <translation>Gemeinsam beurteilte Blicke</translation>
        </message>
        <message>
            <source>Networks run on</source>
            <translation>Netze rechnen auf</translation>
        </message>
        <message>
            <source>Pictures and networks</source>
            <translation>Bilder und Netze</translation>
        </message>
        <message>
            <source>Place by picture</source>
            <translation>Nach Bild legen</translation>
        </message>
        <message>
            <source>Placing clips</source>
            <translation>Clips legen</translation>
        </message>
        <message>
            <source>Synced from</source>
            <translation>Synchron ab</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>Worker processes</source>
            <translation>Arbeitsprozesse</translation>
        </message>
        <message>
            <source>below this confidence a clip is left unsynced instead of for review</source>
            <translation>unter dieser Sicherheit bleibt ein Clip unsynchron, statt zur Prüfung zu kommen</translation>
        </message>
        <message>
            <source>compare picture with sound by a network where sound alone leaves doubt: auto (what is installed), off, a family such as synchformer or sparsesync, or a model's name</source>
            <translation>Bild und Ton durch ein Netz vergleichen, wo der Ton allein Zweifel lässt: auto (was installiert ist), off, eine Familie wie synchformer oder sparsesync, oder der Name eines Modells</translation>
        </message>
        <message>
            <source>folder of the cache; empty: the system's usual place</source>
            <translation>Ordner des Caches; leer: der übliche Ort des Systems</translation>
        </message>
        <message>
            <source>frame rate of the timeline, such as 25, 23.976, 29.97DF; auto: the commonest</source>
            <translation>Bildrate der Timeline, etwa 25, 23.976, 29.97DF; auto: die häufigste</translation>
        </message>
        <message>
            <source>judge at most so many looks at picture and sound together</source>
            <translation>höchstens so viele Blicke auf Bild und Ton gemeinsam beurteilen</translation>
        </message>
        <message>
            <source>keep at most this much in the cache</source>
            <translation>höchstens so viel im Cache behalten</translation>
        </message>
        <message>
            <source>place a clip as synced from this confidence on</source>
            <translation>einen Clip ab dieser Sicherheit als synchron legen</translation>
        </message>
        <message>
            <source>place clips by picture alone where sound cannot: auto (up to six hours of picture a run), off, all</source>
            <translation>Clips nach dem Bild allein legen, wo der Ton es nicht kann: auto (bis zu sechs Stunden Bild je Lauf), off, all</translation>
        </message>
        <message>
            <source>search drift up to this</source>
            <translation>Drift bis hierhin suchen</translation>
        </message>
        <message>
            <source>tell whether each clip's own sound is in step with its picture: auto (where pictures were watched anyway), off, all (watches every picture)</source>
            <translation>sagen, ob der eigene Ton jedes Clips mit seinem Bild Schritt hält: auto (wo Bilder ohnehin angesehen wurden), off, all (sieht jedes Bild an)</translation>
        </message>
        <message>
            <source>usual place</source>
            <translation>üblicher Ort</translation>
        </message>
        <message>
            <source>what decodes pictures: software, or hardware (the graphics card, where there is one that can; the result is the same; faster for 4K and HEVC)</source>
            <translation>was Bilder dekodiert: software, oder hardware (die Grafikkarte, wo eine da ist, die es kann; das Ergebnis ist dasselbe; schneller bei 4K und HEVC)</translation>
        </message>
        <message>
            <source>where picture and sound are followed along a clip, look at them this often</source>
            <translation>wo Bild und Ton entlang eines Clips verfolgt werden, so oft hinsehen</translation>
        </message>
        <message>
            <source>where torch computes: auto, cpu, cuda, mps</source>
            <translation>wo torch rechnet: auto, cpu, cuda, mps</translation>
        </message>
        <message>
            <source>worker processes for decoding; 0: one for each core</source>
            <translation>Prozesse zum Dekodieren; 0: einer je Kern</translation>
        </message>
    </context>
    <context>
        <name>shortcuts</name>
        <message>
            <source>Choose several clips</source>
            <translation>Mehrere Clips auswählen</translation>
        </message>
        <message>
            <source>Clip before / after in the lane</source>
            <translation>Voriger / nächster Clip der Spur</translation>
        </message>
        <message>
            <source>Ctrl+drag (Shift: without snapping)</source>
            <translation>Strg+Ziehen (Umschalt: ohne Einrasten)</translation>
        </message>
        <message>
            <source>Ctrl+wheel</source>
            <translation>Strg+Mausrad</translation>
        </message>
        <message>
            <source>Drag a frame, Ctrl+click</source>
            <translation>Rahmen aufziehen, Strg+Klick</translation>
        </message>
        <message>
            <source>Drag in the ruler (Shift: without snapping)</source>
            <translation>Im Lineal ziehen (Umschalt: ohne Einrasten)</translation>
        </message>
        <message>
            <source>First / last clip of the lane</source>
            <translation>Erster / letzter Clip der Spur</translation>
        </message>
        <message>
            <source>Home / End</source>
            <translation>Pos1 / Ende</translation>
        </message>
        <message>
            <source>In lists and fields</source>
            <translation>In Listen und Feldern</translation>
        </message>
        <message>
            <source>In the timeline</source>
            <translation>In der Timeline</translation>
        </message>
        <message>
            <source>Left / Right</source>
            <translation>Links / Rechts</translation>
        </message>
        <message>
            <source>Menu key</source>
            <translation>Menütaste</translation>
        </message>
        <message>
            <source>Menu of the chosen clips</source>
            <translation>Menü der gewählten Clips</translation>
        </message>
        <message>
            <source>Move the playhead</source>
            <translation>Abspielkopf bewegen</translation>
        </message>
        <message>
            <source>Nearest clip in the lane above / below</source>
            <translation>Nächster Clip in der Spur darüber / darunter</translation>
        </message>
        <message>
            <source>Next / previous part of the window</source>
            <translation>Nächster / voriger Teil des Fensters</translation>
        </message>
        <message>
            <source>Nudge a clip</source>
            <translation>Einen Clip verschieben</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>Print the keys</source>
            <translation>Tasten drucken</translation>
        </message>
        <message>
            <source>Rushlock: keys</source>
            <translation>Rushlock: Tasten</translation>
        </message>
        <message>
            <source>Shift+wheel or middle button</source>
            <translation>Umschalt+Mausrad oder mittlere Taste</translation>
        </message>
        <message>
            <source>Up / Down</source>
            <translation>Auf / Ab</translation>
        </message>
        <message>
            <source>Zoom about the cursor</source>
            <translation>Um den Mauszeiger zoomen</translation>
        </message>
    </context>
    <context>
        <name>stages</name>
        <message>
            <source>Counting</source>
            <translation>Zählung</translation>
        </message>
        <message>
            <source>Exporting</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Looking at media</source>
            <translation>Medien ansehen</translation>
        </message>
        <message>
            <source>None of the {count} missing files is in {folder}.</source>
            <translation>Keine der {count} fehlenden Dateien liegt in {folder}.</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Einlesen</translation>
        </message>
        <message>
            <source>Saving</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Settling</source>
            <translation>Nachziehen</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Beginnt</translation>
        </message>
    </context>
    <context>
        <name>standing</name>
        <message>
            <source>Accepted</source>
            <translation>Angenommen</translation>
        </message>
        <message>
            <source>Excluded</source>
            <translation>Ausgeschlossen</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>Gesperrt</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>Von Hand</translation>
        </message>
        <message>
            <source>Not synced yet</source>
            <translation>Noch nicht synchronisiert</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Zu prüfen</translation>
        </message>
        <message>
            <source>Synced</source>
            <translation>Synchron</translation>
        </message>
        <message>
            <source>Unsynced</source>
            <translation>Nicht synchron</translation>
        </message>
    </context>
    <context>
        <name>thirds</name>
        <message>
            <source>By way of</source>
            <translation>Über</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Chance</translation>
        </message>
        <message>
            <source>Off by</source>
            <translation>Abweichung</translation>
        </message>
        <message>
            <source>Puts it at</source>
            <translation>Legt ihn bei</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>agrees</source>
            <translation>stimmt zu</translation>
        </message>
        <message>
            <source>says otherwise</source>
            <translation>sagt anderes</translation>
        </message>
        <message>
            <source>too weak to tell</source>
            <translation>zu schwach</translation>
        </message>
    </context>
    <context>
        <name>timecode</name>
        <message>
            <source>{label} is not in {clip}</source>
            <translation>{label} liegt nicht in {clip}</translation>
        </message>
    </context>
    <context>
        <name>timeline</name>
        <message>
            <source> drop-frame</source>
            <translation> Drop-Frame</translation>
        </message>
        <message>
            <source>It has no place yet: mark the same moment in two clips</source>
            <translation>Noch ohne Lage: Markieren Sie denselben Moment in zwei Clips</translation>
        </message>
        <message>
            <source>Locked clips stay where they are</source>
            <translation>Gesperrte Clips bleiben, wo sie sind</translation>
        </message>
        <message>
            <source>Unsynced ({count})</source>
            <translation>Nicht synchron ({count})</translation>
        </message>
        <message>
            <source>{rate} fps</source>
            <translation>{rate} fps</translation>
        </message>
    </context>
</TS>
