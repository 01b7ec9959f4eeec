# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_shopctl_global_optspecs
    string join \n store= config= format= json columns= q/quiet v/verbose color= no-input wait= h/help V/version
end

function __fish_shopctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_shopctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_shopctl_using_subcommand
    set -l cmd (__fish_shopctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c shopctl -n "__fish_shopctl_needs_command" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_needs_command" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_needs_command" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_needs_command" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_needs_command" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_needs_command" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_needs_command" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_needs_command" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_needs_command" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_needs_command" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_needs_command" -s V -l version -d 'Print version'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "init" -d 'Create the store of a new shop'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "status" -d 'Show what is due, waits or failed, with the command for each'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "find" -d 'Find by name, number, e-mail, OCR, invoice, order, payment or amount'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "seller" -d 'The seller, as invoices and mails name it'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "setting" -d 'The rules of the shop that the office may choose'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "staff" -d 'Who works in the shop'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "account" -d 'Accounts, one for each organisation number'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "product" -d 'What the shop sells'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "agreement" -d 'Agreements, their editions, and the way to read one'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "licence" -d 'Licences: documents that bear their holder\'s name and period'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "order" -d 'Orders, which start subscriptions and are invoiced at once'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "subscription" -d 'Subscriptions and their yearly renewal'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "invoice" -d 'Invoices and their documents'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "payment" -d 'Money that came in, and the invoices it settles'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "password" -d 'The passwords of logins'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "mail" -d 'The outbox'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "daily" -d 'Do the night\'s work: renew what is due, remind, send what waits'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "export" -d 'Files for bookkeeping'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "report" -d 'Sums over months'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "audit" -d 'The audit trail: every change, in a chain that shows tampering'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "undo" -d 'Undo an operation: an import, an edit, a notice, a price, billing details'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "store" -d 'The shop\'s file: checked, copied, put back, moved'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "completions" -d 'Write the completions of a shell to stdout'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "man" -d 'Write the manual pages into a folder'
complete -c shopctl -n "__fish_shopctl_needs_command" -f -a "help" -d 'Show the help of a command, or find commands by an English or Swedish word'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l seller -d 'The seller, as examples/seller.toml shows it' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l practice -d 'Make a shop for practice'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -s n -l dry-run -d 'Show the seller that the shop would be made for, and make nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand find" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "show" -d 'Show the seller, the number of the next invoice and the lock of the books'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "edit" -d 'Change the seller, for documents issued from now on'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "lock-books" -d 'Lock the books: nothing is dated on or before the day any more'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "rate" -d 'The reference rates that late interest is counted by'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "level" -d 'The steps by which customers are reminded of unpaid invoices'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and not __fish_seen_subcommand_from show edit lock-books rate level conditions" -f -a "conditions" -d 'The conditions that customers accept with an order'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l legal-name -d 'The name in the register of companies' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l shop-name -d 'The name of the shop in mails' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l org-number -d 'The organisation number' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l vat-number -d 'The VAT number, SE and 12 digits' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l f-tax -d 'Whether the seller is approved for F-tax' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l registered-office -d 'The registered office (säte)' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l street -d 'The street of the seller\'s address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l office-email -d 'Where notice is given and replies to mails go' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l phone -d 'The telephone; empty to leave it out' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l web -d 'The base address of the web shop' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l bankgiro -d 'The bankgiro; empty to leave it out' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l plusgiro -d 'The plusgiro; empty to leave it out' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l iban -d 'The IBAN; empty to leave it out' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l bic -d 'The BIC of the IBAN\'s bank' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l replaces -d 'A bankgiro, plusgiro or IBAN of the seller\'s that is never to be paid to again' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l payment-terms-days -d 'Days from the date of an invoice to its due date' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l accent-colour -d 'The colour of headings, #rrggbb' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l logo -d 'A picture for the head of documents, PNG or JPEG' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l next-invoice -d 'The number of the first invoice; until one is issued' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l no-logo -d 'Use no logo any more'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l reason -d 'Why days that were locked are opened again' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from lock-books" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -f -a "list" -d 'List the reference rates that are known, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from rate" -f -a "add" -d 'Enter the reference rate of a half-year'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -f -a "list" -d 'List the levels of payment reminders'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -f -a "set" -d 'Add a level of payment reminders, or change one'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from level" -f -a "remove" -d 'Remove a level of payment reminders'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -f -a "show" -d 'Show the conditions that customers accept with an order'
complete -c shopctl -n "__fish_shopctl_using_subcommand seller; and __fish_seen_subcommand_from conditions" -f -a "edit" -d 'Change the conditions, for what is ordered and billed from now on'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -f -a "list" -d 'List what the office has chosen'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and not __fish_seen_subcommand_from list set" -f -a "set" -d 'Choose a value'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -f -a "list" -d 'List who works in the shop'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -f -a "add" -d 'Give somebody a role'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -f -a "edit" -d 'Change somebody\'s role or grants'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and not __fish_seen_subcommand_from list add edit remove" -f -a "remove" -d 'Take somebody out of the shop'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l role -d 'reader, support, staff or admin' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l grant -d 'A further right: billing, to change invoice details of running subscriptions' -r -f -a "billing\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l role -d 'reader, support, staff or admin' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l grant -d 'A further right: billing' -r -f -a "billing\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l withdraw -d 'A right taken back: billing' -r -f -a "billing\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand staff; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "list" -d 'List accounts by name'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "show" -d 'Show an account with its subscriptions and notes'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "create" -d 'Create an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "edit" -d 'Change an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "billing" -d 'Change the invoice details of an account and of what runs there'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "close" -d 'Close an account on which nothing runs and nothing is unpaid'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "reopen" -d 'Open a closed account again'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "history" -d 'Show what happened to an account, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "note" -d 'Keep a note on an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "hold" -d 'Put an account on hold, so that it is reminded of none of its invoices'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "release" -d 'End the hold of an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "import" -d 'Import accounts from a CSV file'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "login" -d 'The user names of an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "imports" -d 'Imports of the past'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "export" -d 'Write every account to a file that `account import` reads'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "merge" -d 'Merge an account into another and close it'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "renumber" -d 'Give an account another organisation number, because it was wrong or has changed'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and not __fish_seen_subcommand_from list show create edit billing close reopen history note hold release import login imports export merge renumber personal-data" -f -a "personal-data" -d 'What is held on a person'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l search -d 'Part of the name; with * at its end, the beginning of the name' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l member -d 'Only members, or only others' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l name -d 'The organisation\'s name' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l email -d 'The e-mail address that logs in' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l contact -d 'A person to talk to' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l invoice-email -d 'Where invoices go' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l care-of -d 'The c/o line of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l street -d 'The street of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l country -d 'The country of the address, two letters' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l language -d 'The language of documents and mails' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l reference -d '"Er referens" on invoices' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l vat-number -d 'The buyer\'s VAT number, which stands on invoices' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l member -d 'A member from today'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l name -d 'The organisation\'s name' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l contact -d 'A person to talk to' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l invoice-email -d 'Where invoices go' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l care-of -d 'The c/o line of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l street -d 'The street of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l country -d 'The country of the address, two letters' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l language -d 'The language of documents and mails' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l reference -d '"Er referens" on invoices' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l vat-number -d 'The buyer\'s VAT number, which stands on invoices' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l member -d 'Whether it is a member' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l from -d 'The day from which the membership changes; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l subscription -d 'Only this subscription' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l invoice-email -d 'Where invoices go' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l care-of -d 'The c/o line of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l street -d 'The street of the address' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l country -d 'The country of the address, two letters' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l reference -d '"Er referens" on invoices' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l vat-number -d 'The buyer\'s VAT number' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l deliver -d 'How all its invoices come to it: email or e-invoice' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l participant -d 'Its name in Peppol, such as 0088:7300010000001; empty for the organisation number' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l reason -d 'Why, for the audit trail; the customer is not shown it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from billing" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from reopen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from note" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l reason -d 'Why nobody is reminded' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l reason -d 'Why it is reminded again' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l rejects -d 'Write bad rows here, each with its line and reason' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l column -d 'Which heading holds a field; `ignore=HEADER` passes a column over' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l max -d 'End at most this many memberships; needed for more than 10 that are more than 5 % of all' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l from -d 'The day on which memberships begin and end; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l partial -d 'Import the good rows and leave the bad ones'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l update -d 'Also update accounts that exist; an empty cell changes nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l members -d 'The file lists the members: update memberships and nothing else'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l end-missing -d 'End the membership of those who do not stand in the list'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -f -a "list" -d 'List the logins of an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -f -a "add" -d 'Add a login to an account that has none'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -f -a "remove" -d 'Remove a login, with its password'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -f -a "rename" -d 'Give a login another address'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from login" -f -a "invite" -d 'Mail logins without a password how to choose one'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -f -a "list" -d 'List the imports'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -f -a "show" -d 'Show an import and how to take it back'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from imports" -f -a "undo" -d 'Take an import back, unless something was built on it'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l keep-login -d 'Which of the two accounts\' logins remains; asked for on a terminal' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l reason -d 'Why' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from renumber" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -f -a "export" -d 'Write everything held on a person to a JSON file'
complete -c shopctl -n "__fish_shopctl_using_subcommand account; and __fish_seen_subcommand_from personal-data" -f -a "erase" -d 'Erase what is held on a person, as far as the law allows'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "list" -d 'List products with today\'s prices'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "show" -d 'Show a product with all its prices and VAT rates'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "create" -d 'Create a product'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "edit" -d 'Change the names of a product, the agreements it gives, or the seats of its licences'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "retire" -d 'Stop new orders of a product; what runs goes on'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "price" -d 'Set a product\'s prices from a day on'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and not __fish_seen_subcommand_from list show create edit retire price vat" -f -a "vat" -d 'Set a product\'s VAT rate from a day on'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l kind -d 'What is sold: subscription, licence or printed' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l name-sv -d 'The name in Swedish' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l name-en -d 'The name in English' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l price -d 'The price in kronor, excluding VAT' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l member-price -d 'The members\' price in kronor, excluding VAT' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l vat -d 'The VAT rate: 25, 12, 6 or 0' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l vat-exemption -d 'Why no VAT is charged, as it stands on the invoice; with --vat 0' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l term-months -d 'Months of a term' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l notice-months -d 'Months before the renewal date by which notice must have been given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l seats -d 'How many logins a licence is for' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l renewal -d 'What follows the first term of a licence: automatic for the next one, or none' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l agreement -d 'An agreement that the product gives; may be repeated' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l from -d 'The first day of price and VAT rate; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l name-sv -d 'The name in Swedish' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l name-en -d 'The name in English' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l seats -d 'How many logins a licence is for, from its next edition on' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l agreement -d 'An agreement that the product gives, in place of those it gave; may be repeated' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l no-agreement -d 'Let the product give no agreement'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from retire" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l price -d 'The price in kronor, excluding VAT' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l member-price -d 'The members\' price in kronor, excluding VAT' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l from -d 'The first day on which the prices hold' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l vat -d 'The VAT rate: 25, 12, 6 or 0' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l vat-exemption -d 'Why no VAT is charged, as it stands on the invoice; with --vat 0' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l from -d 'The first day on which the rate holds' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand product; and __fish_seen_subcommand_from vat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "list" -d 'List agreements with today\'s editions'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "show" -d 'Show an agreement with all its editions'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "create" -d 'Create an agreement; its editions are published afterwards'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "publish" -d 'Publish an edition of an agreement'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "withdraw" -d 'Withdraw an agreement, or one edition of it'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and not __fish_seen_subcommand_from list show create publish withdraw fetch" -f -a "fetch" -d 'Fetch an agreement: today\'s edition, for a login with a subscription to it'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l name-sv -d 'The name in Swedish' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l name-en -d 'The name in English' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l edition -d 'What the edition is called, such as 2026:1' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l language -d 'The language of the text' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l from -d 'The first day on which it is the current one; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l announce -d 'Queue a mail to each customer whose subscription or licence gives it, held until it is released'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from publish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l edition -d 'Only this edition' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l language -d 'The edition\'s language, where there are two of that name' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l reason -d 'Why' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l login -d 'The login that reads it, by its password' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l account -d 'The account on whose behalf staff fetch it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l reason -d 'Why staff fetch it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l edition -d 'A former edition, for staff' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l language -d 'The language; the account\'s unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l password-file -d 'Read the password from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l password-stdin -d 'Read the password from stdin, one line'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand agreement; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "list" -d 'List licences'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "show" -d 'Show a licence: its editions, seats and what was fetched last'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "edit" -d 'Change whom a licence is for, whom it covers, or its size'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "render" -d 'Write the copies of a licence, sealed'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "verify" -d 'Tell whether a copy is genuine'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "trace" -d 'Tell whose copy a file is, or a page torn out of one, as far as it still bears it'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "revoke" -d 'Revoke a licence: no copy of it holds any more, and none is made'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "revocations" -d 'Write the signed list of licence editions that were superseded or revoked'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "seat" -d 'The logins that a licence has room for'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and not __fish_seen_subcommand_from list show edit render verify trace revoke revocations seat key" -f -a "key" -d 'The keys that seal copies'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l expires-before -d 'Only those whose period in force ends before this day' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l account -d 'Only those of this account, or that cover it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l holder -d 'The holder, as it shall stand on every page' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l org-number -d 'Whether the account\'s organisation number stands beside the holder' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l covers -d 'An organisation that it covers besides; may be repeated' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l covers-no-more -d 'An organisation that it covers no longer: its seats are given up; may be repeated' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l item -d 'The product that it is to be a licence of' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l covers-only-itself -d 'Let it cover its own account only'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l agreement -d 'Only this agreement' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l edition -d 'Only this edition of the licence; the one in force, or the one to come, unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l language -d 'The language; the account\'s unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -s o -l output -d 'A file, or a folder for several copies, named after licence and agreement' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l all -d 'Every licence in force'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l cert -d 'The certificates of the shop, on a machine without its store' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l revocations -d 'The newest list of revocations' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l cert -d 'The certificates of the shop, on a machine without its store' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from trace" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l reason -d 'Why' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from revocations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -f -a "list" -d 'List the logins that a licence has seats for'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -f -a "add" -d 'Give a login a seat of a licence'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from seat" -f -a "remove" -d 'Take a seat of a licence back'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -f -a "show" -d 'Show the keys that seal copies, and write their certificates'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Make a new key, which seals what is rendered from now on'
complete -c shopctl -n "__fish_shopctl_using_subcommand licence; and __fish_seen_subcommand_from key" -f -a "import" -d 'Take the association\'s own key and certificate, which seal what is rendered from now on'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "list" -d 'List orders, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "show" -d 'Show an order'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "create" -d 'Place an order: starts its subscriptions, issues its invoice and queues the mail'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "cancel" -d 'Cancel an order: credits its invoice and ends what it started'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "ship" -d 'Mark the printed copies of an order as posted and make their packing slip'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and not __fish_seen_subcommand_from list show create cancel ship slip" -f -a "slip" -d 'Write the packing slip of a parcel that was posted'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l account -d 'Only those of this account' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l to-post -d 'Only those whose printed copies wait to be posted'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l account -d 'The buyer\'s organisation number' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l item -d 'A product, with its quantity if more than one; may be given several times' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l invoice-email -d 'Where the invoices go; the account\'s invoice e-mail unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l reference -d '"Er referens"; the account\'s unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l start -d 'The first day of the subscriptions; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l agreed-price -d 'What the order\'s subscription costs a term, excluding VAT, until another price is agreed' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l reason -d 'Why that price was agreed' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l holder -d 'Whom the order\'s licence is for, as it shall stand on every page; the account\'s name unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-name -d 'Whom the printed copies are posted to; the account unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-care-of -d 'The c/o line of that address; empty for none' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-street -d 'Its street or box, given with the postal code and the town; the account\'s address unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l ship-to-country -d 'Its country, two letters, if it is not Sweden' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l preview -d 'Draw the invoice without a number; with --dry-run' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l reason -d 'Why, in words for the customer' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l tracking -d 'By which the carrier knows the parcel; stands on the slip' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l reason -d 'Why a further one' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l item -d 'What the further parcel holds, if not all of it; may be given several times' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-name -d 'Whom the printed copies are posted to; the account unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-care-of -d 'The c/o line of that address; empty for none' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-street -d 'Its street or box, given with the postal code and the town; the account\'s address unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-postal-code -d 'Its postal code' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-city -d 'Its town' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l ship-to-country -d 'Its country, two letters, if it is not Sweden' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s o -l output -d 'Where the packing slip is written' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l again -d 'Post a further parcel of an order that was posted'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from ship" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l parcel -d 'Which of its parcels; the last unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -s o -l output -d 'Where it is written; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand order; and __fish_seen_subcommand_from slip" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "list" -d 'List subscriptions'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "show" -d 'Show a subscription and explain its dates'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "cancel" -d 'Give notice for a subscription, which ends it at a renewal'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "notice" -d 'Give notice for a subscription, which ends it at a renewal'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "reinstate" -d 'Take a notice back while the subscription still runs'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "end" -d 'End a subscription sooner than notice would, as after a bankruptcy'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "confirmation" -d 'Write the confirmation of a notice to a file, as a PDF'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "evidence" -d 'Write the letter that was kept with a notice to a file'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "renew" -d 'Renew the subscriptions whose next term is due'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "remind" -d 'Remind customers before the last day for notice'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "price" -d 'Agree on a price for a running subscription, or go back to the price list'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "transfer" -d 'Transfer a running subscription to another account'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "import" -d 'Take running subscriptions over from another shop'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and not __fish_seen_subcommand_from list show cancel notice reinstate end confirmation evidence renew remind price transfer import imports" -f -a "imports" -d 'Imports of the past'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l status -d 'Only those running, with notice given, ended or blocked' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l renews-before -d 'Only those that renew before this day' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l notice-before -d 'Only those without notice whose last day for it lies before this day' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l product -d 'Only those to this product' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l account -d 'Only those of this account' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l received -d 'The day on which the notice reached us; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l sent -d 'The day on which it was sent' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l channel -d 'How it came: login, letter or email; in writing unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l login -d 'The login that gave it: by its password, or with --channel login on the office\'s word' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l by -d 'Who gave it, by name or e-mail; with --login that login unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l evidence -d 'The letter itself, to be kept with the notice; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l reason -d 'Why, as the customer or the office has it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l password-file -d 'Read the password from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l as-if-in-time -d 'Take a late notice as if it were in time (administrators)'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l password-stdin -d 'Read the password from stdin, one line'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l received -d 'The day on which the notice reached us; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l sent -d 'The day on which it was sent' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l channel -d 'How it came: login, letter or email; in writing unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l login -d 'The login that gave it: by its password, or with --channel login on the office\'s word' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l by -d 'Who gave it, by name or e-mail; with --login that login unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l evidence -d 'The letter itself, to be kept with the notice; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l reason -d 'Why, as the customer or the office has it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l password-file -d 'Read the password from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l as-if-in-time -d 'Take a late notice as if it were in time (administrators)'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l password-stdin -d 'Read the password from stdin, one line'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from notice" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from reinstate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l on -d 'The first day on which it no longer runs' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l credit -d 'What is given back of what is billed from that day on' -r -f -a "none\t'Nothing: all that is billed stays to be paid'
rest\t'The rest of the running term by days, and terms not begun in full'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l reason -d 'Why it ends' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l received -d 'The notice received that day; the last one unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -s n -l dry-run -d 'Say what would be written and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from confirmation" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l received -d 'The notice received that day; the last one unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -s n -l dry-run -d 'Say what would be written and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from evidence" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l as-of -d 'Take those due by this day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l only -d 'Only this subscription, also when it is parked' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from renew" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l as-of -d 'Take those to be reminded by this day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from remind" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l agreed-price -d 'What a whole term costs, in kronor excluding VAT' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l reason -d 'Why' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l list-price -d 'Let the price list decide again'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l to -d 'The account that takes it over: its organisation number, or the e-mail address of a login' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l invoice-email -d 'Where its invoices go from now on; the new account\'s invoice e-mail unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l reference -d '"Er referens" from now on; the new account\'s unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from transfer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l rejects -d 'Write bad rows here, each with its line and reason' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l column -d 'Which heading holds a field; `ignore=HEADER` passes a column over' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l partial -d 'Import the good rows and leave the bad ones'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -f -a "list" -d 'List the imports'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -f -a "show" -d 'Show an import and how to take it back'
complete -c shopctl -n "__fish_shopctl_using_subcommand subscription; and __fish_seen_subcommand_from imports" -f -a "undo" -d 'Take an import back, unless something was built on it'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "list" -d 'List invoices and credit notes, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "show" -d 'Show an invoice or a credit note and explain each of its lines'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "pdf" -d 'Write the PDF of an invoice, a credit note or a payment reminder to a file'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "send" -d 'Queue the mail of an invoice or a credit note again'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "remind" -d 'Remind customers of unpaid invoices'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "hold" -d 'Put an invoice on hold, so that nobody is reminded of it'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "release" -d 'End the hold of an invoice'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "write-off" -d 'Write off what is left of an invoice as a loss'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "credit" -d 'Credit an invoice, in full or in part'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "reissue" -d 'Credit invoices and issue them anew, with today\'s buyer and seller'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "e-invoice" -d 'Write the e-invoice of an invoice or a credit note, Peppol BIS Billing 3'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and not __fish_seen_subcommand_from list show pdf send remind hold release write-off credit reissue e-invoice delivered" -f -a "delivered" -d 'Record that invoices have come to their buyers'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l account -d 'Only those of this account' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l due-before -d 'Only unpaid ones due before this day' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l with-account -d 'Only unpaid ones that name this bankgiro, plusgiro or IBAN' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l limit -d 'At most this many, the newest' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l unpaid -d 'Only those of which something is left to pay'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l overdue -d 'Only unpaid ones whose due date has passed'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l held -d 'Only unpaid ones that nobody is reminded of'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l to-deliver -d 'Only those that wait to go out as e-invoices'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l reminder -d 'The payment reminder of this level in place of the invoice' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -s n -l dry-run -d 'Say what would be written and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from pdf" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l to -d 'To another address than the invoice\'s own' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l reason -d 'Why a copy is sent' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l again -d 'Send a further copy'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l as-of -d 'Take those to be reminded of by this day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l early -d 'Remind before the level\'s day, though not before the last day to pay has passed'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from remind" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l reason -d 'Why nobody is reminded' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l disputed -d 'The customer denies owing it'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l reason -d 'Why customers are reminded again' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l reason -d 'Why it is written off, or why it is not any more' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l undo -d 'Take back all that was written off or rounded off of it'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from write-off" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l line -d 'A line as `invoice show` lists it, counted from 1, or so many pieces of it; may be given several times' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l amount -d 'So many kronor, including VAT, spread over the lines named or over all' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l reason -d 'Why, in words for the customer' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l bill-again -d 'Take back the terms credited in full, so that the next renewal bills them anew'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from credit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l reference -d '"Er referens" on the new invoice' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l invoice-email -d 'Where the new invoice goes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l reason -d 'Why, in words for the customer' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from reissue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -s o -l output -d 'Where to: a file, or - for stdout; a folder with --to-deliver' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l to-deliver -d 'All that wait to be delivered'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -s n -l dry-run -d 'Say what would be written and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from e-invoice" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l how -d 'How they came to the buyers' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l date -d 'The day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand invoice; and __fish_seen_subcommand_from delivered" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "list" -d 'List payments, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "show" -d 'Show a payment: what was told of it, what it settles, and what is left'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "record" -d 'Record a payment of an invoice by hand'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "match" -d 'Settle an invoice with a payment, or with what is left of one'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "unmatch" -d 'Take back what a payment settles'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "refund" -d 'Enter that what is left of a payment was paid back'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "reverse" -d 'Take a payment back that was wrong, or that the bank took back'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and not __fish_seen_subcommand_from list show record match unmatch refund reverse import" -f -a "import" -d 'Import a file of payments from the bank: BgMax or camt.054'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l account -d 'Only those of this account' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l from -d 'Only those received on this day or later' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l to -d 'Only those received on this day or earlier' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l file -d 'Only those of this file of the bank\'s' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l unmatched -d 'Only what is still to be matched, with the likeliest invoices'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l balance -d 'Only what stands on the balance of an account'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l amount -d 'How much came in, in kronor' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l date -d 'The day on which the bank had it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l payer -d 'Who paid' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l reference -d 'The reference that came with it' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from record" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l amount -d 'How much of it, in kronor; all that is left unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from match" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l reason -d 'Why it is taken back' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from unmatch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l amount -d 'How much, in kronor; all that is left unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l date -d 'The day on which it was paid back' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l reason -d 'Why it is paid back' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l take-back -d 'Take back the refunds that were entered'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from refund" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l reason -d 'Why it is taken back' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from reverse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand payment; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "check" -d 'Check the password of a login, and show what it gives access to'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "change" -d 'Change the password of a login by giving the old one'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "forgot" -d 'Mail a login how to choose a new password'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "redeem" -d 'Choose a password by the token of a mail'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "reset" -d 'Lock the password of a login and mail it how to choose a new one'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "status" -d 'Show how a login stands: its last change, its last mail, failed attempts'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and not __fish_seen_subcommand_from check change forgot redeem reset status policy" -f -a "policy" -d 'What is asked of passwords'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l password-file -d 'Read the password from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l password-stdin -d 'Read the password from stdin, one line'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l password-stdin -d 'Read both from stdin: the old password, and the new one on the next line'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from forgot" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l token-file -d 'Read the token from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l password-file -d 'Read the password from a file that only its owner may open; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l password-stdin -d 'Read the password from stdin, one line'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from redeem" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l ticket -d 'Where it was asked for: a number of a case, or a word about the call' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -f -a "show" -d 'Show what is asked of passwords'
complete -c shopctl -n "__fish_shopctl_using_subcommand password; and __fish_seen_subcommand_from policy" -f -a "set" -d 'Change what is asked of passwords'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "list" -d 'List mails, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "show" -d 'Show a mail and what became of it'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "preview" -d 'Write a mail to a file as it is or will be sent'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "send" -d 'Send what waits in the outbox'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "retry" -d 'Try a mail again that failed, bounced or was held'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "hold" -d 'Hold a mail back until it is tried again'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "release" -d 'Let a mail go that is held, or all that an announcement holds'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "announce" -d 'Queue a text to many customers, one mail an account, held until it is released'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "bounced" -d 'Record that a mail came back'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and not __fish_seen_subcommand_from list show preview send retry hold release announce bounced test" -f -a "test" -d 'Send one test message and show how it went'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l status -d 'Only those waiting, claimed, sent, failed, held or bounced' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l kind -d 'Only those of this kind, such as payment_reminder' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l limit -d 'At most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l from-folder -d 'Also send what a folder took before, which reached nobody'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -s n -l dry-run -d 'Say what would be sent and send nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l restored -d 'Every mail that a restore of the store held'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l reason -d 'Why' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l announcement -d 'All that this announcement holds' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l to -d 'Who is told: subscribers:SKU, readers:CODE, licensees or unpaid' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l template -d 'What is said; readers are told of the newest edition unless given; - is stdin' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l edition -d 'The edition that readers are told of; the one published last unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l language -d 'The language of that edition' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l limit -d 'Take at most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l max -d 'Do nothing if there are more than this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from announce" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l reason -d 'What the returned mail said' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from bounced" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand mail; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand daily" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -f -a "sie" -d 'Write the vouchers of some days to a file that bookkeeping programs read, SIE 4I'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and not __fish_seen_subcommand_from sie list" -f -a "list" -d 'List the files that bookkeeping was given'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l from -d 'The first day' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l to -d 'The last day, today at the latest' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s o -l output -d 'Where to; - is stdout' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l again -d 'Write anew what exports within these days held, and nothing else'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from sie" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand export; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "renewals" -d 'Show the renewals of each month, billed and to come, with their sums'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "recurring" -d 'Show what running subscriptions are worth a year, and how that moved by month'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "receivables" -d 'Show what each account owes, by how long ago it was due'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "series" -d 'Show the series of numbers and whether any is missing'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "vat" -d 'Show the VAT of some days by rate, as it stands in the books'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and not __fish_seen_subcommand_from renewals recurring receivables series vat fetches" -f -a "fetches" -d 'Show how often agreements were fetched, by agreement and month'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l from -d 'The first day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l to -d 'The last day; a year after the first unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l product -d 'Only renewals of this product' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l by-product -d 'A row for each product of a month'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l chart -d 'Draw bars in place of the table, on a terminal or with --format table: what is billed solid, what is to come light'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from renewals" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l from -d 'The first day; the first of the month eleven months ago unless given, or of the first month since then in which anything ran' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l to -d 'The last day; today unless given, and never later' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l chart -d 'Draw a bar for each month in place of the table, on a terminal or with --format table'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from recurring" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l as-of -d 'At the end of this day; today unless given, and never later' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l by-age -d 'A row for each age in place of one for each account'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l chart -d 'Draw a bar for each age in place of the table, on a terminal or with --format table'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from receivables" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from series" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l from -d 'The first day; that of last month unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l to -d 'The last day; that of the first day\'s month unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from vat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l from -d 'The first day; that of the year unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l to -d 'The last day; today unless given' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand report; and __fish_seen_subcommand_from fetches" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -f -a "list" -d 'List events, newest first'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -f -a "show" -d 'Show one operation: who, when, with which command, and all it did'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -f -a "verify" -d 'Check the whole chain of events'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and not __fish_seen_subcommand_from list show verify head" -f -a "head" -d 'Show the end of the chain, to be kept elsewhere'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'At most this many' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "adopt" -d 'Make this place the store\'s home, so that mail is sent from it'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "archive" -d 'Write every document that is missing in the archive'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "handover" -d 'Copy the store to go on elsewhere, and lock this one'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "info" -d 'Show the shop\'s file: its size, its home, its last backup, and what a backup lacks'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "check" -d 'Look through the whole store: the file, and every promise of the shop\'s'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "backup" -d 'Copy the whole store to a file, while others go on working'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and not __fish_seen_subcommand_from adopt archive handover info check backup restore" -f -a "restore" -d 'Put a backup in the place of the store'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l take-back -d 'Go on with a store that was handed over, when the one made of it will never be used'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -s n -l dry-run -d 'Count what is missing and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from archive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s o -l output -d 'Where to' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from handover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -s o -l output -d 'Where to; - is stdout, which must not be a terminal' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -s n -l dry-run -d 'Say what would be copied and write nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l next-invoice -d 'The first invoice number that no customer can hold' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l note -d 'A remark for the audit trail' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -s n -l dry-run -d 'Show what would happen and change nothing'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Agree beforehand to what would be asked'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand store; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l store -d 'The shop\'s file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l config -d 'The configuration file' -r -F
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l format -d 'How answers are written; in a pipe tab-separated without heading unless given' -r -f -a "table\t'A table for a person'
tsv\t'Tab-separated, with a heading'
csv\t'Comma-separated, with a heading'
json\t'One JSON document'
ndjson\t'One JSON object a line'"
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l columns -d 'Which columns a list shows, by their names in JSON' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l color -d 'Whether messages are coloured' -r -f -a "auto\t''
always\t''
never\t''"
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l wait -d 'How long to wait while another command writes' -r
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l json -d 'Short for --format json'
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -s q -l quiet -d 'Say only what went wrong'
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -s v -l verbose -d 'Say which store was used and how long it took'
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -l no-input -d 'Never ask, fail instead'
complete -c shopctl -n "__fish_shopctl_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
